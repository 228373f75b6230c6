package io.tickhub.client.verify;

import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads ranges of partitions, committed records only, without a group. For one thread; owns its consumer. */
final class PartitionReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    /** Longer than any transaction may stay open. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Duration answer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param answer how long to wait for Kafka */
    PartitionReader(KafkaConfig kafka, String clientId, Duration answer) {
        this.answer = answer;
        consumer = new KafkaConsumer<>(
                kafka.client(
                        clientId,
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The names of all topics that may be seen. */
    Set<String> topics() {
        return consumer.listTopics(answer).keySet();
    }

    /** First offset that is there. */
    long begin(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition), answer).get(partition);
    }

    /** The end of what is committed. */
    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), answer).get(partition);
    }

    /**
     * Reads {@code [from, to)}, or what is still there of it.
     *
     * @throws KafkaException if nothing more comes for 20 s
     */
    void read(TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long position = from;
        while (position < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    each.accept(record);
                }
            }
            long now = consumer.position(partition, answer);
            if (now > position) {
                position = now;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new KafkaException(partition + " was read up to " + position + ", but not to " + to + " within "
                        + PATIENCE.toSeconds() + " s more");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
