package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Role;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * Those that publish, each in a process of its own with the same flags, and the same number of records into the same topics. The
 * service comes first: it replays a file, and the others write what it has written. Owns its files. For one thread.
 */
final class Race implements AutoCloseable {

    private final Trial trial;
    private final Target all;
    private final Target one;
    private final Path file;
    private final long records;
    private final Originals originals;

    private Race(Trial trial, LoneBroker broker, Backlog backlog) throws InterruptedException {
        this.trial = trial;
        this.all = new Target(broker, backlog.symbols());
        this.one = new Target(broker, backlog.symbols().subList(0, 1));
        this.records = backlog.ticks();
        this.file = write(backlog, trial.logs().resolve("ticks.csv"));
        all.renew();
        service();
        this.originals = Originals.take(broker.kafka(), backlog.symbols(), trial.logs());
    }

    /** Writes the file, and lets the service publish it a first time. */
    static Race prepare(Trial trial, LoneBroker broker, Backlog backlog) throws InterruptedException {
        trial.tell("%,d ticks of %,d symbols"
                .formatted(backlog.ticks(), backlog.symbols().size()));
        return new Race(trial, broker, backlog);
    }

    /** The service as it ships, which replays the file at full speed. */
    double service() throws InterruptedException {
        Map<String, String> settings = Map.of(
                KafkaConfig.BOOTSTRAP_SERVERS.name(),
                bootstrapServers(),
                "TICKHUB_INSTANCE",
                "producer-1",
                "TICKHUB_REPLAY",
                file.toString(),
                "TICKHUB_REPLAY_SPEED",
                "max");
        return all.time(records, () -> PeerProcess.start(Role.PRODUCER, settings, trial.logs()));
    }

    /** A bare loop over the same topics. */
    double loop(Sending sending) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(bootstrapServers(), originals.records().toString(), Long.toString(records)));
        arguments.addAll(sending.properties());
        return all.time(
                records, () -> PeerProcess.start("publishing-loop", PublishingLoop.class, arguments, trial.logs()));
    }

    /** Kafka's own tool, which can write to one topic only, and neither keys nor headers. */
    double tool(Sending sending) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-server",
                bootstrapServers(),
                "--topic",
                one.broker().kafka().topics().ticks(one.symbols().getFirst()).name(),
                "--num-records",
                Long.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                originals.values().toString(),
                "--command-property"));
        arguments.addAll(sending.properties());
        return one.time(
                records,
                () -> PeerProcess.start("producer-perf-test", ProducerPerformance.class, arguments, trial.logs()));
    }

    @Override
    public void close() {
        try {
            Files.delete(file);
            Files.delete(originals.values());
            Files.delete(originals.records());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String bootstrapServers() {
        return all.broker().kafka().bootstrapServers();
    }

    private static Path write(Backlog backlog, Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("symbol,price,volume,timestamp\n");
            backlog.forEach(tick -> {
                try {
                    out.write("%s,%s,%s,%s\n".formatted(tick.symbol(), tick.price(), tick.volume(), tick.timestamp()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
