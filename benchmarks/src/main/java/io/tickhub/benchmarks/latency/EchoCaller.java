package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.model.Headers;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Asks the raw echo with nothing but Kafka's clients: the thread that sends also reads. For one thread; owns a producer and a consumer
 * without a group.
 */
final class EchoCaller implements Caller, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CLIENT = "benchmark-echo";

    private final String requests;
    private final byte[] request;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param request what is echoed */
    EchoCaller(KafkaConfig kafka, PeerTask echo, byte[] request) {
        this.requests = echo.requests().name();
        this.request = request.clone();
        this.producer = new KafkaProducer<>(
                kafka.client(CLIENT, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                kafka.client(CLIENT, Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition replies = new TopicPartition(echo.replies().name(), 0);
        consumer.assign(List.of(replies));
        consumer.seekToEnd(List.of(replies));
        // Else the place is looked up at the first poll, and a reply that is there by then is passed over.
        long unused = consumer.position(replies);
    }

    @Override
    public void call() {
        Header id = new RecordHeader(
                Headers.CORRELATION_ID, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(new ProducerRecord<>(requests, null, request, request, List.of(id)));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasCome(id)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no echo within " + PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private boolean hasCome(Header id) {
        for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofSeconds(1))) {
            if (Arrays.equals(reply.headers().lastHeader(Headers.CORRELATION_ID).value(), id.value())) {
                return true;
            }
        }
        return false;
    }
}
