package io.tickhub.cli;

import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalCluster;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickhub up}: a broker and all services on this machine, until Ctrl-C. */
@Command(
        name = "up",
        description = {
            "Start a Kafka broker, all services and the web page on this machine.",
            "Ctrl-C stops: everything published is consumed first. A second Ctrl-C does not wait for that."
        },
        footer = {
            "%nExamples:",
            "  tickhub up",
            "  tickhub up --port 9192 --data /tmp/market --symbols AAPL,MSFT --rate 1000",
            "  tickhub up --replay trades.csv.gz --speed 60x",
            "  tickhub up --ephemeral --for 60s      all data is gone afterwards"
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker on localhost; 0 takes a free one (default: ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Stop by itself after a time such as 30s, 5m or PT30S.")
    private Optional<Duration> lifetime = Optional.empty();

    @Option(
            names = "--secure",
            description =
                    "Ask everybody for a password, and allow nothing that was not given: see 'tickhub clients --help'.")
    private boolean secure;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private WebOptions web = new WebOptions();

    @Override
    public Integer call() throws Exception {
        if (ephemeral) {
            Logging.ofServices();
        } else {
            Logging.ofServices(data.resolve("services.log"));
        }
        CompletableFuture<Void> stop = StopSignals.listen();
        if (port < 0 || port > 65_535) {
            throw new ConfigurationException(List.of("--port " + port + " must be a whole number from 0 to 65535"));
        }
        BrokerConfig open = (ephemeral ? BrokerConfig.ephemeral() : BrokerConfig.keptIn(data)).withPort(port);
        BrokerConfig broker = secure ? open.withUsersOf(topics()) : open;
        say("starting a Kafka broker and the services...");
        try (LocalCluster cluster = start(broker, stop)) {
            CompletableFuture<Void> ended = cluster.ended();
            say(Banner.of(cluster, source));
            lifetime.ifPresent(time -> stop.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS));
            awaitEither(stop, ended);
            if (!ended.isDone()) {
                say("stopping: the services finish what was published...");
                cluster.drain(DRAIN_TIMEOUT);
            }
        }
        say("stopped");
        return ExitCode.OK;
    }

    private Topics topics() {
        Settings settings = new Settings(source.environment());
        return settings.build(() -> settings.get(KafkaConfig.TOPIC_PREFIX));
    }

    /** Starts everything, in a thread that a first Ctrl-C interrupts. */
    private LocalCluster start(BrokerConfig broker, CompletableFuture<Void> stop) throws Exception {
        FutureTask<LocalCluster> start = new FutureTask<>(
                () -> LocalCluster.start(broker, web.environment(source.environment()), web.parts(source.parts())));
        Thread thread = new Thread(start, "up-start");
        thread.start();
        var unused = stop.thenRun(thread::interrupt);
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ConfigurationException mistakes -> source.inOptions(mistakes);
                case Exception failure -> failure;
                default -> e;
            };
        }
    }

    private static void awaitEither(CompletableFuture<Void> stop, CompletableFuture<Void> ended) {
        try {
            CompletableFuture.anyOf(stop, ended).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void say(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
