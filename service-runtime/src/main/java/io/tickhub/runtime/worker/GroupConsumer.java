package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the consumer of a worker, with the settings on which the worker's correctness rests. */
final class GroupConsumer {

    /**
     * A killed member's partitions are handed on after this. Shorter would lose partitions to a long pause of the JVM, and
     * brokers refuse less than 6 s by default.
     */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    /** At a heartbeat a member learns that another has left, and that there is something to take over. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /**
     * Metadata and offset requests to a broker queue behind its long-poll fetch, and a new symbol needs three in a row: with 50 ms
     * its first tick took half as long again.
     */
    private static final Duration LONGEST_FETCH = Duration.ofMillis(20);

    private GroupConsumer() {}

    /** The caller owns it. */
    static KafkaConsumer<byte[], byte[]> open(WorkerConfig config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        // The default assigns topic by topic, which gives all topics of one partition to the same member.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) LONGEST_FETCH.toMillis());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, WorkerConfig.PARTITION_FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, WorkerConfig.FETCH_BYTES);
        return new KafkaConsumer<>(
                config.kafka().client(config.name(), properties),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
