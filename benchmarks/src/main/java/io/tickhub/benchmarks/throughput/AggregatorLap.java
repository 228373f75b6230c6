package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.TopicContents;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Json;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * One aggregator with one worker goes through the backlog of a {@link Course}, as if nobody had before, and must have counted all of
 * it. For one thread.
 */
final class AggregatorLap {

    static final String UNIT = "ticks/s";

    private static final Duration PUBLISHED = Duration.ofSeconds(10);
    private static final String GROUP = "aggregator";

    private final Course course;
    private final Path logs;

    AggregatorLap(Course course, Path logs) {
        this.course = course;
        this.logs = logs;
    }

    /** Starts an aggregator in such a JVM, and returns how many ticks a second it takes in. */
    double run(JvmOptions jvm) throws InterruptedException {
        return run(jvm, Map.of());
    }

    /** The same, with further settings. */
    double run(JvmOptions jvm, Map<String, String> further) throws InterruptedException {
        Topics topics = course.kafka().topics();
        List<String> own = List.of(
                topics.stats().name(),
                topics.aggregatorState().name(),
                topics.sessions().name());
        Predicate<String> written = topic -> own.contains(topic) || topic.startsWith(topics.barPrefix());
        course.forget(topics.group(GROUP));
        course.delete(written);
        Map<String, String> settings = new HashMap<>(further);
        settings.put(KafkaConfig.BOOTSTRAP_SERVERS.name(), course.kafka().bootstrapServers());
        settings.put("TICKHUB_INSTANCE", "aggregator-1");
        settings.put("TICKHUB_AGGREGATOR_WORKERS", "1");
        try (PeerProcess process = PeerProcess.start(Role.AGGREGATOR, settings, jvm, logs)) {
            double rate = course.time(process, topics.group(GROUP));
            awaitCounts(topics.stats().name());
            return rate;
        }
    }

    /** What is published last of each symbol must be the whole of its ticks. */
    void awaitCounts(String topic) throws InterruptedException {
        Map<Symbol, Long> expected = new HashMap<>();
        course.backlog()
                .symbols()
                .forEach(symbol -> expected.put(symbol, (long) course.backlog().ticksPerSymbol()));
        Map<Symbol, Long> found = new HashMap<>();
        Await.until(() -> "%s counts %s, published were %s".formatted(topic, found, expected), PUBLISHED, () -> {
            TopicContents.read(
                    course.kafka(),
                    List.of(topic),
                    record -> found.put(
                            new Symbol(new String(record.key(), StandardCharsets.UTF_8)),
                            Json.read(record.value(), JsonNode.class)
                                    .path("count")
                                    .asLong()));
            return found.equals(expected);
        });
    }
}
