package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.peer.KafkaTool;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Those that publish, each in a process of its own with the same flags, and the same number of records into as many partitions. The
 * service comes first: it replays a file, and the others write what it has written. Owns its files. For one thread.
 */
final class Race implements AutoCloseable {

    /** Of Kafka's tool. */
    private static final String TOOL_TOPIC = "producer-perf-test";

    private final Trial trial;
    private final LoneBroker broker;
    private final Target ticks;
    private final Target toolTopic;
    private final long records;
    private final Path file;
    private final Originals originals;

    private Race(Trial trial, LoneBroker broker, Backlog backlog) {
        Topics topics = broker.kafka().topics();
        this.trial = trial;
        this.broker = broker;
        this.ticks =
                new Target(broker, backlog.symbols().stream().map(topics::ticks).toList());
        this.toolTopic = new Target(broker, List.of(likeAll(ticks.topics())));
        this.records = backlog.ticks();
        this.file = trial.logs().resolve("ticks.csv");
        this.originals = Originals.in(trial.logs());
    }

    /** Deletes what another race has left in the topics, writes the file, and lets the service publish it a first time. */
    static Race prepare(Trial trial, LoneBroker broker, Backlog backlog) throws InterruptedException {
        trial.tell("%,d ticks of %,d symbols"
                .formatted(backlog.ticks(), backlog.symbols().size()));
        Race race = new Race(trial, broker, backlog);
        try {
            race.prepare(backlog);
            return race;
        } catch (InterruptedException | RuntimeException e) {
            race.close();
            throw e;
        }
    }

    private void prepare(Backlog backlog) throws InterruptedException {
        Topics topics = broker.kafka().topics();
        write(backlog);
        broker.delete(topic -> topic.equals(TOOL_TOPIC) || topics.symbol(topic).isPresent());
        ticks.make();
        service();
        originals.take(broker.kafka(), backlog.symbols());
    }

    /** One topic with as many partitions as others have topics of one. */
    private static Topics.Spec likeAll(List<Topics.Spec> topics) {
        Topics.Spec each = topics.getFirst();
        return new Topics.Spec(TOOL_TOPIC, topics.size(), each.cleanup(), each.retention(), each.maxMessageBytes());
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
        return ticks.time(records, () -> PeerProcess.start(Role.PRODUCER, settings, trial.logs()));
    }

    /** A bare loop over the same topics. */
    double loop(Sending sending) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                bootstrapServers(),
                originals.records().toString(),
                Long.toString(records),
                Integer.toString(sending.together())));
        arguments.addAll(sending.properties());
        return ticks.time(
                records, () -> PeerProcess.start("publishing-loop", PublishingLoop.class, arguments, trial.logs()));
    }

    /** Kafka's own tool, which can write to one topic only, and neither keys nor headers; so it spreads them over the partitions. */
    double tool(Sending sending) throws InterruptedException {
        toolTopic.make();
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-server",
                bootstrapServers(),
                "--topic",
                TOOL_TOPIC,
                "--num-records",
                Long.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                originals.values().toString(),
                "--command-property"));
        arguments.addAll(sending.properties());
        return toolTopic.time(
                records, () -> PeerProcess.start(KafkaTool.PRODUCER_PERFORMANCE, arguments, trial.logs()));
    }

    @Override
    public void close() {
        try {
            for (Path each : List.of(file, originals.values(), originals.records())) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String bootstrapServers() {
        return broker.kafka().bootstrapServers();
    }

    private void write(Backlog backlog) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("symbol,price,volume,timestamp\n");
            backlog.forEach(tick -> {
                try {
                    out.write("%s,%s,%s,%s\n".formatted(tick.symbol(), tick.price(), tick.volume(), tick.timestamp()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
