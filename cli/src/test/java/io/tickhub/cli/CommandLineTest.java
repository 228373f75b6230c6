package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"watch", "stats", "symbols", "subscriptions", "ping", "services", "shutdown"})
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
                "stats --nonsense",
                "ping extra",
                "services extra",
                "shutdown --timeout soon",
                "shutdown --timeout 2h",
                "nonsense"
            })
    void aWrongCommandLineIsTold(String line) {
        assertThat(Tickhub.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSymbolThatCannotBeIsTold() {
        assertThat(Tickhub.run("watch", "A".repeat(65))).isEqualTo(ExitCode.USAGE);
    }
}
