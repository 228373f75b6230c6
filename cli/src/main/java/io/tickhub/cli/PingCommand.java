package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub ping}: does a hub answer? */
@Command(
        name = "ping",
        description = "Ask whether a hub answers.",
        footer = {"%nExamples:", "  tickhub ping", "  tickhub ping --bootstrap-servers broker-1:9092"},
        mixinStandardHelpOptions = true)
final class PingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Override
    public Integer call() {
        try (MarketDataClient client = options.connect()) {
            long begin = System.nanoTime();
            Reply.Pong pong = client.ping();
            long millis = (System.nanoTime() - begin) / 1_000_000;
            spec.commandLine()
                    .getOut()
                    .println(
                            options.isJson()
                                    ? Json.writeLine(pong)
                                    : pong.instance() + " answered in " + millis + " ms (version " + pong.version()
                                            + ", running for " + pong.uptime().toSeconds() + " s)");
        }
        return ExitCode.OK;
    }
}
