package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tickhub shutdown}: stops the whole system. */
@Command(
        name = "shutdown",
        description = {
            "Stop the whole system: producers first, then hubs and aggregators when everything published is consumed.",
            "Prints the receipt: the figures of each symbol and feed, and how each instance ended.",
            "Exit code 1 if anything does not add up, or an instance did not finish in time."
        },
        footer = {"%nExamples:", "  tickhub shutdown", "  tickhub shutdown --timeout 60s"},
        mixinStandardHelpOptions = true)
final class ShutdownCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long it may take, such as 30s, 5m or PT30S (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Override
    public Integer call() {
        if (timeout.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--timeout is at most one hour");
        }
        Reply.Drained drained;
        try (MarketDataClient client = options.connect()) {
            drained = client.shutdown(timeout);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            out.println(Json.writeLine(drained));
        } else {
            new ReceiptPrinter(out).print(drained);
        }
        return drained.drained() ? ExitCode.OK : ExitCode.FAILED;
    }
}
