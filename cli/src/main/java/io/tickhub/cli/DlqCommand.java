package io.tickhub.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub dlq}: the dead letters, and what can be done with them. */
@Command(
        name = "dlq",
        description = {
            "List, show, replay or drop dead letters: ticks, rows and commands that could not be used.",
            "They stand on the topic dead-letters for 7 days; no service need run."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class, DlqDropCommand.class},
        footer = {
            "%nExamples:",
            "  tickhub dlq ls --symbol AAPL",
            "  tickhub dlq show 17",
            "  tickhub dlq replay --all --reason FUTURE --dry-run",
            "  tickhub dlq drop 17 18"
        },
        mixinStandardHelpOptions = true)
final class DlqCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
