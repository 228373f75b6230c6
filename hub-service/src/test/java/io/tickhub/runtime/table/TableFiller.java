package io.tickhub.runtime.table;

import io.tickhub.model.Json;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Fills tables as their reader would, without a broker. It lives in this package because only the reader may write a table. */
public final class TableFiller {

    private static final Instant APPENDED = Instant.parse("2026-11-20T14:30:00Z");

    private static long offset;

    private TableFiller() {}

    /** A record arrives. */
    public static <V> void put(CompactedTable<V> table, String key, V value) {
        put(table, key, value, APPENDED);
    }

    /** A record arrives that was appended at some time. */
    public static <V> void put(CompactedTable<V> table, String key, V value, Instant appended) {
        apply(table, key, Json.write(value), appended);
    }

    /** A tombstone arrives. */
    public static void remove(CompactedTable<?> table, String key) {
        remove(table, key, APPENDED);
    }

    /** A tombstone arrives that was appended at some time. */
    public static void remove(CompactedTable<?> table, String key, Instant appended) {
        apply(table, key, null, appended);
    }

    private static void apply(CompactedTable<?> table, String key, byte[] value, Instant appended) {
        table.apply(new ConsumerRecord<>(
                table.topic(),
                0,
                offset++,
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
