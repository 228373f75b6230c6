package io.tickhub.cli;

import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tickhub up}: a broker and all services on this machine. */
@Command(
        name = "up",
        description = "Start a Kafka broker and all services on this machine.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker on localhost (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".tickhub",
            description = "Folder where the data stays between runs (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--ephemeral",
            description = "Keep nothing: the data lies in a temporary folder, removed at the end.")
    private boolean ephemeral;

    @Override
    public Integer call() throws Exception {
        BrokerConfig config = (ephemeral ? BrokerConfig.ephemeral() : BrokerConfig.keptIn(data)).withPort(port);
        long start = System.nanoTime();
        try (LocalBroker broker = LocalBroker.start(config)) {
            System.err.println(
                    "ready after " + (System.nanoTime() - start) / 1_000_000 + " ms " + broker.bootstrapServers());
            broker.ended().join();
        }
        return 0;
    }
}
