package io.tickhub.cli;

import io.tickhub.model.ClientId;
import io.tickhub.runtime.access.ClientAccounts;
import io.tickhub.runtime.access.ClientAccounts.Password;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub clients remove}: unmakes a client. */
@Command(
        name = "remove",
        description = {
            "Remove a client: its rights, its user's password, its topics of commands and replies.",
            "It can do nothing more at once, also over connections that are open."
        },
        footer = {"%nExamples:", "  tickhub clients remove alice --command-config admin.properties"},
        mixinStandardHelpOptions = true)
final class ClientsRemoveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Parameters(paramLabel = "NAME", converter = ClientIdConverter.class, description = "Name of the client.")
    private ClientId client;

    @Option(names = "--keep-password", description = "Leave the user its password: it is needed for something else.")
    private boolean keepPassword;

    @Override
    public Integer call() throws InterruptedException {
        return options.run((admin, kafka) -> {
            new ClientAccounts(admin, kafka.topics())
                    .remove(client, keepPassword ? Password.KEPT : Password.OF_OUR_CLIENT);
            spec.commandLine().getOut().println(client + " is no client any more");
            return ExitCode.OK;
        });
    }
}
