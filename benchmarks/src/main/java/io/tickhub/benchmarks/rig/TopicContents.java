package io.tickhub.benchmarks.rig;

import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.PromptConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in topics, from the beginning to the end of this moment. No state. */
public final class TopicContents {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TopicContents() {}

    /** @param taken is given every record, those of a partition in order */
    public static void read(
            KafkaConfig kafka, Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> taken) {
        Map<String, Object> properties = kafka.client(
                "benchmark-contents",
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000));
        try (PromptConsumer<byte[], byte[]> consumer =
                new PromptConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "what was written could not be read within " + PATIENCE.toSeconds() + " s");
                }
                consumer.poll(POLL).forEach(taken);
            }
        }
    }
}
