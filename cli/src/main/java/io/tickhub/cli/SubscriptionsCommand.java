package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Json;
import io.tickhub.model.Progress;
import io.tickhub.model.Reply.Subscriptions.Held;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickhub subscriptions}: who has subscribed to what. */
@Command(
        name = "subscriptions",
        description = {
            "List the subscriptions of all clients: who holds what, by how many records the reader of the feed is behind, and how "
                    + "long it is kept without a sign of life."
        },
        footer = {"%nExamples:", "  tickhub subscriptions", "  tickhub subscriptions --all --json"},
        mixinStandardHelpOptions = true)
final class SubscriptionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--all", description = "Those too that ended within the last minute.")
    private boolean all;

    @Override
    public Integer call() {
        List<Held> subscriptions;
        try (MarketDataClient client = options.connect()) {
            subscriptions = client.subscriptions().stream()
                    .filter(held -> all || !held.state().equals(Progress.State.ENDED.name()))
                    .toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            subscriptions.forEach(held -> out.println(Json.writeLine(held)));
        } else {
            table(subscriptions).print(out);
        }
        return ExitCode.OK;
    }

    private static Table table(List<Held> subscriptions) {
        Table table = new Table()
                .text("CLIENT", "SYMBOL", "STATE")
                .numbers("START", "END", "BEHIND", "LEASE")
                .text("FEED");
        for (Held held : subscriptions) {
            table.row(
                    held.client().name(),
                    held.symbol().name(),
                    held.state(),
                    Long.toString(held.start()),
                    held.end().isPresent() ? Long.toString(held.end().getAsLong()) : "open",
                    held.lag().isPresent() ? Long.toString(held.lag().getAsLong()) : "",
                    held.leaseLeft().map(left -> left.toSeconds() + " s").orElse(""),
                    held.feed());
        }
        return table;
    }
}
