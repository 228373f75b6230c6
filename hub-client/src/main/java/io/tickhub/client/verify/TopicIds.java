package io.tickhub.client.verify;

import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's ids of topics: one that was deleted and made again has another. For one thread; owns its admin client. */
final class TopicIds implements AutoCloseable {

    private final Duration answer;
    private final Admin admin;

    /** @param answer how long to wait for Kafka */
    TopicIds(KafkaConfig kafka, String clientId, Duration answer) {
        this.answer = answer;
        this.admin = Admin.create(kafka.client(
                clientId,
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) answer.toMillis(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) answer.toMillis())));
    }

    /**
     * The id of a topic as it is now; empty if there is none of that name.
     *
     * @throws KafkaException if Kafka does not say it
     */
    Optional<String> find(String topic) {
        try {
            return Optional.of(admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .topicId()
                    .toString());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(answer);
    }
}
