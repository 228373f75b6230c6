package io.tickhub.hub.feed;

import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what lies behind the streams of symbols, for subscriptions that have to catch up. It is a consumer without a group, so it
 * takes nothing away from anybody; one call reads one bounded slice of each symbol. For the worker's thread; owns its consumer,
 * which exists only while somebody is behind.
 */
final class History implements AutoCloseable {

    private static final int MOST_RECORDS = 2_000;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration LOOK_UP = Duration.ofSeconds(3);

    private final KafkaConfig kafka;
    private final String clientId;
    /** The next offset of each partition. The consumer's own position() can be unknown for a moment. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private KafkaConsumer<byte[], byte[]> consumer;

    /**
     * What was read of one partition.
     *
     * @param from first offset
     * @param to offset after the last one
     * @param records in order; none if retention deleted the offsets
     * @param deleted whether retention deleted them
     */
    record Read(long from, long to, List<ConsumerRecord<byte[], byte[]>> records, boolean deleted) {}

    History(KafkaConfig kafka, String clientId) {
        this.kafka = kafka;
        this.clientId = clientId;
    }

    /**
     * Reads on.
     *
     * @param wanted from where each partition is to be read
     * @return what is there now; a partition that is missing has to wait for the next call
     */
    Map<TopicPartition, Read> read(Map<TopicPartition, Long> wanted) {
        if (wanted.isEmpty()) {
            close();
            return Map.of();
        }
        open(wanted);
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            Map<TopicPartition, Read> reads = new HashMap<>();
            records.nextOffsets().forEach((partition, next) -> {
                long from = positions.put(partition, next.offset());
                if (next.offset() > from) {
                    reads.put(partition, new Read(from, next.offset(), records.records(partition), false));
                }
            });
            return reads;
        } catch (OffsetOutOfRangeException e) {
            return deleted(e.offsetOutOfRangePartitions());
        }
    }

    /** Whether somebody is behind. */
    boolean isReading() {
        return consumer != null;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            consumer = null;
            positions.clear();
        }
    }

    private void open(Map<TopicPartition, Long> wanted) {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    kafka.client(
                            clientId,
                            Map.of(
                                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                    "read_committed",
                                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                    false,
                                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                    "none",
                                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                    false,
                                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                    MOST_RECORDS,
                                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                    WorkerConfig.PARTITION_FETCH_BYTES,
                                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                    WorkerConfig.FETCH_BYTES,
                                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                    50)),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }
        if (!consumer.assignment().equals(wanted.keySet())) {
            consumer.assign(wanted.keySet());
            positions.keySet().retainAll(wanted.keySet());
        }
        wanted.forEach((partition, from) -> {
            // It is new here, or another one has come that is further behind, or what was read last was not committed.
            if (!from.equals(positions.get(partition))) {
                consumer.seek(partition, from);
                positions.put(partition, from);
            }
        });
    }

    private Map<TopicPartition, Read> deleted(Map<TopicPartition, Long> outOfRange) {
        Map<TopicPartition, Read> reads = new HashMap<>();
        Map<TopicPartition, Long> beginnings;
        try {
            beginnings = consumer.beginningOffsets(outOfRange.keySet(), LOOK_UP);
        } catch (TimeoutException e) {
            // Asked again at the next call.
            return reads;
        }
        outOfRange.forEach((partition, from) -> {
            long beginning = beginnings.get(partition);
            if (from < beginning && from.equals(positions.get(partition))) {
                reads.put(partition, new Read(from, beginning, List.of(), true));
            }
        });
        return reads;
    }
}
