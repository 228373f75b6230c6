package io.tickhub.benchmarks.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the consumer of a peer that handles bytes: a member of a group, from the beginning, committed data only. No state. */
final class RawConsumer {

    private RawConsumer() {}

    /**
     * Subscribed to every tick topic; the caller owns it. How much is fetched is left to Kafka's defaults, which are made for throughput.
     *
     * @param mostRecords of one poll
     */
    static KafkaConsumer<byte[], byte[]> open(PeerTask task, int mostRecords) {
        return open(task, mostRecords, task.plan().topics().tickPattern());
    }

    /** Subscribed to the topics of such names; the caller owns it. */
    static KafkaConsumer<byte[], byte[]> open(PeerTask task, int mostRecords, Pattern topics) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, task.group());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                task.kafka().client(task.group(), properties),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(topics);
        return consumer;
    }
}
