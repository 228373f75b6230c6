package io.tickhub.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    /** Nobody is there: clients have their metrics before they connect. */
    private final KafkaConfig kafka = new KafkaConfig("localhost:1", new Topics(""), Map.of()).reportingTo(registry);

    @Test
    void clientsHaveAllOfThemWhileTheyAreOpenAndNoneAfterwards() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        kafka.client("one", Map.of("group.id", "readers")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        kafka.client("one", Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(kafka.client("one", Map.of()))) {
            assertThat(consumer.metrics().size()
                            + producer.metrics().size()
                            + admin.metrics().size())
                    .isGreaterThan(100);
            assertThat(registry.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(KafkaClientMetrics.values())
                            .map(metric -> metric.definition().name())
                            .toList());
            assertThat(registry.getMeters())
                    .allSatisfy(meter ->
                            assertThat(meter.getId().getTag("client.id")).isEqualTo("one"));
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aPartitionsFigureNeitherShowsNorHidesTheClients() {
        KafkaMeters meters = new KafkaMeters();
        meters.configure(KafkaMeters.reportingTo(registry));
        try (Metrics metrics = new Metrics()) {
            metrics.addReporter(meters);
            lag(metrics, Map.of("client-id", "one"), 7);
            lag(metrics, Map.of("client-id", "one", "topic", "ticks.AAPL", "partition", "0"), 3);

            assertThat(registry.getMeters()).hasSize(1);
            assertThat(registry.get(KafkaClientMetrics.LAG.definition().name())
                            .gauge()
                            .value())
                    .isEqualTo(7);

            metrics.removeMetric(metrics.metricName(
                    "records-lag-max", "consumer-fetch-manager-metrics", Map.of("client-id", "one")));
            assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
        }
    }

    @Test
    void whatTheUserPassesThroughWins() {
        KafkaConfig own = kafka.with(Map.of("metric.reporters", ""));

        assertThat(own.client("one", new HashMap<>())).containsEntry("metric.reporters", "");
    }

    private static void lag(Metrics metrics, Map<String, String> tags, double value) {
        metrics.addMetric(
                metrics.metricName("records-lag-max", "consumer-fetch-manager-metrics", tags),
                (config, nowMillis) -> value);
    }
}
