package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch",
                "stats",
                "symbols",
                "subscriptions",
                "ping",
                "services",
                "shutdown",
                "dlq",
                "clients",
                "roles"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(Tickhub.run(command, "--help")).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch",
                "watch AAPL --count 0",
                "watch AAPL --count many",
                "watch AAPL --count",
                "watch * --direct",
                "stats --nonsense",
                "ping extra",
                "services extra",
                "shutdown --timeout soon",
                "shutdown --timeout 2h",
                "dlq show",
                "dlq show seven",
                "dlq show -1",
                "dlq ls --reason BORED",
                "dlq replay",
                "dlq replay 1 --all",
                "dlq replay 1 --reason EMPTY",
                "dlq drop",
                "dlq drop 1 99999999999999999999",
                "dlq drop --symbol AAPL",
                "clients add",
                "clients add a.b",
                "clients add alice --new-password --keep-password",
                "clients remove",
                "roles add",
                "roles add king",
                "stats --client a_b",
                "stats --command-config /no/such/file",
                "nonsense"
            })
    void aWrongCommandLineIsTold(String line) {
        assertThat(Tickhub.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "show", "replay", "drop"})
    void everyCommandAboutDeadLettersExplainsItself(String command) {
        assertThat(Tickhub.run("dlq", command, "--help")).isEqualTo(ExitCode.OK);
    }

    @Test
    void aSymbolThatCannotBeIsTold() {
        assertThat(Tickhub.run("watch", "A".repeat(65))).isEqualTo(ExitCode.USAGE);
    }
}
