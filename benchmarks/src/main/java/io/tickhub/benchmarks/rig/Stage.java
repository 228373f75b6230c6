package io.tickhub.benchmarks.rig;

import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.rig.Crew;
import io.tickhub.drill.rig.Installation;
import io.tickhub.drill.rig.RigConfig;
import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Where a benchmark is run: one broker, two hubs and an aggregator, each a process of its own; the clients are in this one. Owns all
 * of it. For one thread.
 */
public final class Stage implements AutoCloseable {

    private static final JvmOptions BROKER = JvmOptions.asKafkaShips();
    private static final int SERVICE_HEAP_MEGABYTES = 256;
    private static final String[] CREW = {"hub-1", "hub-2", "aggregator-1"};
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Installation system;

    private Stage(RigConfig config, String... crew) throws InterruptedException {
        LocalBrokers brokers = own(LocalBrokers.start(1, BROKER, config.logs()));
        system = own(Installation.on(brokers, config));
        system.crew().start(crew);
    }

    /** Starts it all, with so many symbols. */
    public static Stage open(int symbols, Path logs) throws InterruptedException {
        return new Stage(new RigConfig(symbols, 0, 0, JvmOptions.asInContainer(SERVICE_HEAP_MEGABYTES), logs), CREW);
    }

    /** Starts nothing but the broker, with so many symbols; services will have a heap of so much. */
    public static Stage empty(int symbols, int heapMegabytes, Path logs) throws InterruptedException {
        return new Stage(new RigConfig(symbols, 0, 0, JvmOptions.asInContainer(heapMegabytes), logs));
    }

    /** On what the figures depend, now. */
    public static String conditions() {
        return String.format(
                Locale.ROOT,
                "%d cores, load %.1f; heap of the broker %d MB, of each service %d MB where nothing else is said, of the clients %d MB; one broker",
                Runtime.getRuntime().availableProcessors(),
                load(),
                BROKER.heapMegabytes(),
                SERVICE_HEAP_MEGABYTES,
                Runtime.getRuntime().maxMemory() / 1024 / 1024);
    }

    /** How many processes run or wait for a processor: the machine's average of the last minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    public Installation system() {
        return system;
    }

    public KafkaConfig kafka() {
        return system.kafka();
    }

    public Crew crew() {
        return system.crew();
    }

    public List<Symbol> symbols() {
        return system.symbols();
    }

    /** The stage closes it. */
    public MarketDataClient connect(String name) {
        return own(MarketDataClient.connect(config(name)));
    }

    /** How a client of this system works. */
    public ClientConfig config(String name) {
        return ClientConfig.of(kafka()).withClient(new ClientId(name)).withRequestTimeout(REQUEST_TIMEOUT);
    }

    public <C extends AutoCloseable> C own(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("the benchmark could not be ended well: " + e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
