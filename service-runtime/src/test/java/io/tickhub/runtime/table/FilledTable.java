package io.tickhub.runtime.table;

import io.tickhub.model.Json;
import io.tickhub.model.Topics;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A table without Kafka: tests append the records. */
public final class FilledTable<V> {

    private final CompactedTable<V> table;
    private long offset;

    public FilledTable(Topics.Spec topic, Class<V> type) {
        table = new CompactedTable<>(topic, type);
    }

    public CompactedTable<V> table() {
        return table;
    }

    public void put(String key, V value, Instant appended) {
        append(key, Json.write(value), appended);
    }

    public void remove(String key, Instant appended) {
        append(key, null, appended);
    }

    private void append(String key, byte[] value, Instant appended) {
        table.apply(new ConsumerRecord<>(
                table.topic(),
                0,
                offset++,
                appended.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
