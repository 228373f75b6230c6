package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/**
 * Asks a Spring listener with Spring's {@link ReplyingKafkaTemplate}, which reads one partition of the replies. Nothing lingers; all else is
 * Spring's default. For one thread; owns the template and its producers.
 */
final class SpringCaller implements Caller, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CLIENT = "benchmark-spring";

    private final String requests;
    private final String request;
    private final DefaultKafkaProducerFactory<String, String> producers;
    private final ReplyingKafkaTemplate<String, String, String> template;

    /** @param request with what is answered */
    SpringCaller(KafkaConfig kafka, PeerTask listener, String request) throws InterruptedException {
        this.requests = listener.requests().name();
        this.request = request;
        this.producers = new DefaultKafkaProducerFactory<>(
                kafka.client(CLIENT, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
                new StringSerializer(),
                new StringSerializer());
        ContainerProperties replies = new ContainerProperties(
                new TopicPartitionOffset(listener.replies().name(), 0, SeekPosition.END));
        replies.setGroupId(CLIENT);
        this.template = new ReplyingKafkaTemplate<>(
                producers,
                new KafkaMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                kafka.client(CLIENT, Map.of()), new StringDeserializer(), new StringDeserializer()),
                        replies));
        template.setDefaultReplyTimeout(PATIENCE);
        template.afterPropertiesSet();
        template.start();
        if (!template.waitForAssignment(PATIENCE)) {
            close();
            throw new IllegalStateException("Spring does not read the replies after " + PATIENCE);
        }
    }

    @Override
    public void call() throws InterruptedException {
        try {
            ConsumerRecord<String, String> reply = template.sendAndReceive(
                            new ProducerRecord<>(requests, request, request))
                    .get();
            if (!reply.value().equals(request)) {
                throw new IllegalStateException("another answer: " + reply.value());
            }
        } catch (ExecutionException e) {
            throw new KafkaException("Spring had no answer: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        template.stop();
        template.destroy();
        producers.destroy();
    }
}
