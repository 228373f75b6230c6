package io.tickhub.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub clients}: who may use the system as a client, where Kafka asks. */
@Command(
        name = "clients",
        description = {
            "Make, list or remove clients, in a Kafka cluster that asks for passwords and rights.",
            "A client has a user of Kafka of its own name, and topics of its own for commands and replies: the topic's name"
                    + " is its identity. It may write and read nothing else but its feeds."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ClientsAddCommand.class, ClientsListCommand.class, ClientsRemoveCommand.class},
        footer = {
            "%nExamples:",
            "  tickhub clients add alice --write alice.properties --command-config .tickhub/logins/admin.properties",
            "  tickhub watch AAPL --command-config alice.properties"
        },
        mixinStandardHelpOptions = true)
final class ClientsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
