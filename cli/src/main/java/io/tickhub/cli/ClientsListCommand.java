package io.tickhub.cli;

import io.tickhub.runtime.access.ClientAccounts;
import io.tickhub.runtime.access.ClientAccounts.Account;
import io.tickhub.runtime.access.ClientAccounts.Delivery;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub clients ls}: who is a client. */
@Command(
        name = "ls",
        description = "List the clients that have topics of their own, and whether anything is missing.",
        footer = {"%nExamples:", "  tickhub clients ls --command-config admin.properties"},
        mixinStandardHelpOptions = true)
final class ClientsListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Override
    public Integer call() throws InterruptedException {
        List<Account> all = options.run((admin, kafka) -> new ClientAccounts(admin, kafka.topics()).list());
        Table table = new Table().text("CLIENT", "PASSWORD", "RIGHTS", "DELIVERY");
        for (Account account : all) {
            table.row(
                    account.client().name(),
                    account.hasPassword() ? "yes" : "none",
                    account.missing().isEmpty()
                            ? "complete"
                            : account.missing().size() + " missing: add the client again",
                    account.delivery() == Delivery.DIRECT_TOO ? "feeds, direct" : "feeds");
        }
        table.print(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
