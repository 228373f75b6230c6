package io.tickhub.it;

import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
 * A program that asks the hub with Spring for Apache Kafka as it is: a {@link ReplyingKafkaTemplate} and nothing of ours. Thread safe;
 * owns the template and its producers.
 */
final class SpringClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Market market;
    private final String client;
    private final DefaultKafkaProducerFactory<String, String> producers;
    private final ReplyingKafkaTemplate<String, String, String> template;

    private SpringClient(Market market, String client, ContainerProperties replies) {
        this.market = market;
        this.client = client;
        producers = new DefaultKafkaProducerFactory<>(
                market.kafka().client(client, Map.of()), new StringSerializer(), new StringSerializer());
        // The group is one of its own: every client sees all replies of what it listens to.
        replies.setGroupId(market.topics().group("spring-" + client));
        template = new ReplyingKafkaTemplate<>(
                producers,
                new KafkaMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                market.kafka()
                                        .client(
                                                client,
                                                Map.of(
                                                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                                        "latest",
                                                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                                        "read_committed")),
                                new StringDeserializer(),
                                new StringDeserializer()),
                        replies));
        template.setSharedReplyTopic(true);
        template.setDefaultReplyTimeout(PATIENCE);
        template.setReplyErrorChecker(SpringClient::error);
    }

    /** Listens to all partitions of {@code replies}. */
    static SpringClient onAllPartitions(Market market, String client) {
        return new SpringClient(
                        market,
                        client,
                        new ContainerProperties(market.topics().replies().name()))
                .start();
    }

    /** Listens to one partition of {@code replies}, which the template then asks for in each request. */
    static SpringClient onPartition(Market market, String client, int partition) {
        return new SpringClient(
                        market,
                        client,
                        new ContainerProperties(new TopicPartitionOffset(
                                market.topics().replies().name(), partition, SeekPosition.END)))
                .start();
    }

    private SpringClient start() {
        template.afterPropertiesSet();
        template.start();
        try {
            if (!template.waitForAssignment(PATIENCE)) {
                throw new AssertionError(client + " was not given the partitions of its replies within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** The partitions of {@code replies} to which it listens. */
    Collection<TopicPartition> replyPartitions() {
        return template.getAssignedReplyTopicPartitions();
    }

    /** Sends a command of this client with these fields, as they stand in JSON, besides type and client. */
    Future<ConsumerRecord<String, String>> ask(String type, String fields) {
        String more = fields.isEmpty() ? "" : "," + fields;
        String json = "{\"type\":\"" + type + "\",\"client\":\"" + client + "\"" + more + "}";
        return template.sendAndReceive(
                new ProducerRecord<>(market.topics().commands().name(), client, json));
    }

    /** The reply, of this kind; an ERROR is thrown. */
    static <R extends Reply> R reply(Future<ConsumerRecord<String, String>> asked, Class<R> kind) {
        return kind.cast(read(Wire.await(asked)));
    }

    /** The ERROR that came as an exception. */
    static Reply.Failed failure(Future<ConsumerRecord<String, String>> asked) {
        try {
            throw new AssertionError("no error but " + asked.get().value());
        } catch (ExecutionException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof HubError error) {
                    return error.failed;
                }
            }
            throw new AssertionError("another failure", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        template.stop();
        template.destroy();
        producers.destroy();
    }

    private static Reply read(ConsumerRecord<?, ?> reply) {
        return Json.read(RawRequest.utf8((String) reply.value()), Reply.class);
    }

    /** What Spring's error checker is for; it returns null where all is well. */
    private static Exception error(ConsumerRecord<?, ?> reply) {
        return read(reply) instanceof Reply.Failed failed ? new HubError(failed) : null;
    }

    /** An ERROR reply, thrown by the template. */
    private static final class HubError extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Reply.Failed failed;

        HubError(Reply.Failed failed) {
            super(failed.message());
            this.failed = failed;
        }
    }
}
