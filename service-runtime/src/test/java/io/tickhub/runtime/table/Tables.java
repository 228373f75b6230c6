package io.tickhub.runtime.table;

import io.tickhub.model.Json;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Fills a table as its reader would, without a broker. */
public final class Tables {

    private Tables() {}

    /** An empty table. */
    public static <V> CompactedTable<V> empty(Topics.Spec topic, Class<V> type) {
        return new CompactedTable<>(topic, value -> Json.read(value, type));
    }

    /** A record arrives. */
    public static <V> void put(CompactedTable<V> table, String key, V value, long offset, Instant appended) {
        apply(table, key, Json.write(value), offset, appended);
    }

    /** A tombstone arrives. */
    public static void remove(CompactedTable<?> table, String key, long offset, Instant appended) {
        apply(table, key, null, offset, appended);
    }

    /** Anything arrives. */
    public static void text(CompactedTable<?> table, String key, String value, long offset) {
        apply(table, key, value.getBytes(StandardCharsets.UTF_8), offset, Instant.EPOCH);
    }

    /** The reader has come to an offset. */
    public static void advance(CompactedTable<?> table, int partition, long position) {
        table.advance(new TopicPartition(table.topic(), partition), position);
    }

    private static void apply(CompactedTable<?> table, String key, byte[] value, long offset, Instant appended) {
        table.apply(new ConsumerRecord<>(
                table.topic(),
                0,
                offset,
                appended.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key.length(),
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
