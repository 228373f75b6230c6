package io.tickhub.client;

import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** No Kafka broker answered, or it did not accept what the client asked of it. */
public final class BrokerException extends RequestException {

    private static final long serialVersionUID = 1L;

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Does something with Kafka, and explains its failure; but not where the thread was interrupted.
     *
     * @param patience how long the work waits for an answer
     * @throws RuntimeException as {@link #explain} says
     */
    public static <T> T explaining(KafkaConfig kafka, Duration patience, Supplier<T> work) {
        try {
            return work.get();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw explain(kafka.bootstrapServers(), patience, e);
        }
    }

    /**
     * What to throw for a failure of Kafka: this, a {@link ConfigurationException} where Kafka does not accept the addresses or a
     * property, or a {@link NotAllowedException}.
     *
     * @param servers the brokers, as configured
     * @param patience how long was waited for an answer
     */
    public static RuntimeException explain(String servers, Duration patience, KafkaException failure) {
        // Kafka wraps the reason for which a client could not be made.
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return switch (reason) {
            case ConfigException wrong ->
                new ConfigurationException(
                        List.of("no Kafka client can be made for the brokers " + servers + ": " + wrong.getMessage()));
            case TimeoutException late ->
                new BrokerException(
                        "no Kafka broker answered at " + servers + " within " + patience.toSeconds()
                                + " s; is one running there, and does it take connections of this kind (user, TLS)?",
                        failure);
            case AuthenticationException unknown ->
                new NotAllowedException(
                        "the Kafka broker at " + servers + " refused the user or password: " + unknown.getMessage(),
                        failure);
            case AuthorizationException denied ->
                new NotAllowedException(
                        "Kafka does not allow this user what it needs: " + denied.getMessage(), failure);
            default ->
                new BrokerException("the Kafka broker at " + servers + " failed: " + reason.getMessage(), failure);
        };
    }
}
