package io.tickhub.client.deadletter;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Topics;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters as the services write them and Kafka stores them. */
final class StoredLetters {

    static final Topics TOPICS = new Topics("test.");
    static final int PARTITIONS = TOPICS.deadLetters().partitions();
    static final Instant TIME = Instant.parse("2026-11-20T14:30:00Z");

    private static final DeadLetters WRITER = new DeadLetters(TOPICS, "aggregator-1", InstantSource.fixed(TIME));

    private StoredLetters() {}

    static DeadLetter of(ConsumerRecord<byte[], byte[]> original) {
        return read(stored(WRITER.of(original, DeadLetterReason.NOT_JSON, "no object"), 3, 17))
                .orElseThrow();
    }

    static DeadLetter ofRow(String row) {
        return read(stored(
                        WRITER.ofRow(
                                "test.ticks.AAPL",
                                row,
                                new byte[] {1},
                                DeadLetterReason.MISSING_FIELD,
                                "time is empty"),
                        3,
                        17))
                .orElseThrow();
    }

    static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> stored) {
        return DeadLetter.of(stored, PARTITIONS);
    }

    static ConsumerRecord<byte[], byte[]> original(
            String topic, int partition, byte[] key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                partition,
                5,
                TIME.minusSeconds(1).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    static ConsumerRecord<byte[], byte[]> stored(ProducerRecord<byte[], byte[]> letter, int partition, long offset) {
        return new ConsumerRecord<>(
                letter.topic(),
                partition,
                offset,
                TIME.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                letter.value() == null ? -1 : letter.value().length,
                letter.key(),
                letter.value(),
                letter.headers(),
                Optional.empty());
    }
}
