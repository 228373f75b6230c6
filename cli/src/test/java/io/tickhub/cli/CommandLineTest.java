package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    /** The line of an example, after "tickhub" and before what it means or what reads its output. */
    private static final Pattern EXAMPLE = Pattern.compile("^  tickhub (.+?)(?: {2,}.*| \\|.*)?$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> everyCommandExplainsItselfWithExamplesThatAreRight() {
        return all(Tickhub.commandLine())
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandSpec().qualifiedName(), () -> assertExamples(command)));
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandLineTest::all));
    }

    private static void assertExamples(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help).contains("%nExamples:%n".formatted());
        EXAMPLE.matcher(help.substring(help.indexOf("Examples:"))).results().forEach(example -> {
            String line = example.group(1).replace("'", "");
            assertThatCode(() -> Tickhub.commandLine().parseArgs(line.split(" ")))
                    .as("example of %s: %s", name, line)
                    .doesNotThrowAnyException();
        });
        assertThat(Tickhub.run(
                        (name + " --help").substring("tickhub".length()).strip().split(" ")))
                .isEqualTo(ExitCode.OK);
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
                "bench no-such-benchmark",
                "bench statistics --json /no/such/folder/figures.json",
                "verify --sample=0",
                "verify --sample=-5",
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

    @Test
    void aBrokerThatDoesNotAnswerIsTold() {
        assertThat(Tickhub.run("verify", "--bootstrap-servers", "localhost:1")).isEqualTo(ExitCode.NO_HUB);
    }

    @Test
    void aClientPropertyThatKafkaDoesNotTakeIsTold(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), "security.protocol=TRUST_ME\n");

        assertThat(Tickhub.run("verify", "--command-config", file.toString())).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "verify", "dlq ls", "clients ls"})
    void brokersThatAreNamedEmptyAreNotThoseOfThisMachine(String line) {
        String[] words = (line + " --bootstrap-servers EMPTY").split(" ");
        words[words.length - 1] = "";

        assertThat(Tickhub.run(words)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void brokersThatAFileNamesEmptyAreNotThoseOfThisMachine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), "bootstrap.servers=\n");

        assertThat(Tickhub.run("stats", "--command-config", file.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSymbolThatCannotBeIsTold() {
        assertThat(Tickhub.run("watch", "A".repeat(65))).isEqualTo(ExitCode.USAGE);
    }
}
