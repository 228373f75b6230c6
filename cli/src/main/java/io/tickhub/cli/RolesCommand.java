package io.tickhub.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub roles}: as whom services connect, where Kafka asks. */
@Command(
        name = "roles",
        description = "Make the users of services, in a Kafka cluster that asks for passwords and rights.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RolesAddCommand.class},
        footer = {"%nExamples:", "  tickhub roles add producer hub --command-config admin.properties"},
        mixinStandardHelpOptions = true)
final class RolesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
