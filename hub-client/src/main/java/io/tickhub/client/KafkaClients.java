package io.tickhub.client;

import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.PromptConsumer;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of a market data client, with the properties that each one's purpose needs. Thread safe. */
final class KafkaClients {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConfig kafka;
    private final String name;

    /** @param name put before every Kafka client's id */
    KafkaClients(KafkaConfig kafka, String name) {
        this.kafka = kafka;
        this.name = name;
    }

    /** Sends each command at once, in order, once. */
    Producer<byte[], byte[]> commandProducer() {
        Map<String, Object> properties = kafka.client(
                name + "-commands",
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        SEND_TIMEOUT.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        2_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) SEND_TIMEOUT.toMillis(),
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        4L * 1024 * 1024));
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads replies from where it is put; should its place be deleted, from the end, where nobody's reply is lost any more. */
    Consumer<byte[], byte[]> replyConsumer() {
        return consumer(name + "-replies", Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"));
    }

    /** Reads a feed; a place that is gone is told, not passed over. */
    Consumer<byte[], byte[]> feedConsumer(String feed, String group) {
        return consumer(
                name + "-" + feed,
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none", ConsumerConfig.GROUP_ID_CONFIG, group));
    }

    /** Reads symbols' topics from where it is put, without a group; a place that is gone is told, not passed over. */
    Consumer<byte[], byte[]> tickConsumer() {
        return consumer(
                name + "-ticks",
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        WorkerConfig.PARTITION_FETCH_BYTES,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        WorkerConfig.FETCH_BYTES));
    }

    Admin admin() {
        return Admin.create(kafka.client(name + "-admin", Map.of()));
    }

    private Consumer<byte[], byte[]> consumer(String clientId, Map<String, Object> purpose) {
        Map<String, Object> all = new HashMap<>(purpose);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Look-ups and commits queue behind a waiting fetch.
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new PromptConsumer<>(
                kafka.client(clientId, all), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
