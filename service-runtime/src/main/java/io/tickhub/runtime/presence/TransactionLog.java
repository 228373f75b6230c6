package io.tickhub.runtime.presence;

import io.tickhub.runtime.config.KafkaConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * What the coordinators decided, read from Kafka's own topic of transactions. Its records begin, in both versions of their form, with
 * the version (2 bytes), the producer id (8), the producer epoch (2), the timeout (4) and the state (1). No state.
 */
final class TransactionLog {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PRODUCER_ID_AT = 2;
    private static final int EPOCH_AT = 10;
    private static final int STATE_AT = 16;

    private final KafkaConfig kafka;
    private final String name;

    /** How a transaction was to end. */
    enum Decision {
        COMMIT,
        ABORT
    }

    TransactionLog(KafkaConfig kafka, String name) {
        this.kafka = kafka;
        this.name = name;
    }

    /**
     * How the transaction that a producer wrote with this epoch was to end. Brokers count the epoch up when they decide (transactions
     * of version 2, the default since Kafka 4.0), so that the decision cannot be one on another transaction.
     *
     * @return empty if there is no decision, or none that is known any more
     * @throws KafkaException if the topic cannot be read, or not in time
     */
    Optional<Decision> decision(String transactionalId, long producerId, int epoch) {
        Optional<Decision> decided = Optional.empty();
        byte[] id = transactionalId.getBytes(StandardCharsets.UTF_8);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.client(
                        name + "-transaction-log",
                        Map.of(
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(Topic.TRANSACTION_STATE_TOPIC_NAME, PATIENCE)
                    .size();
            TopicPartition own = new TopicPartition(
                    Topic.TRANSACTION_STATE_TOPIC_NAME, Utils.abs(transactionalId.hashCode()) % partitions);
            consumer.assign(List.of(own));
            consumer.seekToBeginning(List.of(own));
            long end = consumer.endOffsets(List.of(own), PATIENCE).get(own);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(own, PATIENCE) < end) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(own + " was not read to " + end + " within " + PATIENCE);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (isOf(id, record.key()) && record.value() != null) {
                        Optional<Decision> found = decision(ByteBuffer.wrap(record.value()), producerId, epoch + 1);
                        decided = found.isPresent() ? found : decided;
                    }
                }
            }
        }
        return decided;
    }

    /** The key has a version and a length, 2 bytes each, before the id. */
    private static boolean isOf(byte[] id, byte[] key) {
        return key != null
                && key.length == id.length + 4
                && ByteBuffer.wrap(key, 4, id.length).equals(ByteBuffer.wrap(id));
    }

    private static Optional<Decision> decision(ByteBuffer value, long producerId, int epoch) {
        if (value.remaining() <= STATE_AT
                || value.getLong(PRODUCER_ID_AT) != producerId
                || value.getShort(EPOCH_AT) != epoch) {
            return Optional.empty();
        }
        return switch (value.get(STATE_AT)) {
            // PrepareCommit and CompleteCommit, PrepareAbort and CompleteAbort
            case 2, 4 -> Optional.of(Decision.COMMIT);
            case 3, 5 -> Optional.of(Decision.ABORT);
            default -> Optional.empty();
        };
    }
}
