package io.tickhub.client;

import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * How a client works. Immutable; the {@code with} methods give changed copies.
 *
 * @param kafka where the system is
 * @param client by this name the hub knows the client, its subscriptions and its feed; of two processes with one name only one may
 *     run at a time
 * @param requestTimeout how long a request waits for its reply unless its call says otherwise, above 0
 * @param maxPendingRequests how many requests may wait at a time, 1 or more; more are refused
 * @param bufferCapacity how many events of one {@link Subscription} wait for the application, 1 or more; then its feed is paused
 * @param atClose what becomes of the subscriptions when the client is closed
 */
public record ClientConfig(
        KafkaConfig kafka,
        ClientId client,
        Duration requestTimeout,
        int maxPendingRequests,
        int bufferCapacity,
        AtClose atClose) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What becomes of a client's subscriptions when it is closed. */
    public enum AtClose {
        /** They are ended. */
        UNSUBSCRIBE,
        /**
         * They go on: a client that connects by the same name later and subscribes to the same symbols goes on where this one has
         * stopped, as long as the feed keeps its records. Of what is read directly nobody but the application keeps the place:
         * {@link Subscription#positions}.
         */
        KEEP
    }

    /** @throws IllegalArgumentException if a number or a time is out of range */
    public ClientConfig {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("the request timeout must be above 0");
        }
        if (maxPendingRequests < 1) {
            throw new IllegalArgumentException("the most pending requests must be 1 or more");
        }
        if (bufferCapacity < 1) {
            throw new IllegalArgumentException("the buffer's capacity must be 1 or more");
        }
    }

    /** A client with a name of its own and the usual limits: 5 s, 100 requests, 10,000 events. */
    public static ClientConfig of(KafkaConfig kafka) {
        return new ClientConfig(kafka, generatedId(), Duration.ofSeconds(5), 100, 10_000, AtClose.UNSUBSCRIBE);
    }

    /** The same, of the system without topic prefix at these brokers, {@code host:port} with commas between. */
    public static ClientConfig of(String bootstrapServers) {
        return of(new KafkaConfig(bootstrapServers, new Topics(""), Map.of()));
    }

    public ClientConfig withClient(ClientId id) {
        return new ClientConfig(kafka, id, requestTimeout, maxPendingRequests, bufferCapacity, atClose);
    }

    public ClientConfig withRequestTimeout(Duration timeout) {
        return new ClientConfig(kafka, client, timeout, maxPendingRequests, bufferCapacity, atClose);
    }

    public ClientConfig withMaxPendingRequests(int limit) {
        return new ClientConfig(kafka, client, requestTimeout, limit, bufferCapacity, atClose);
    }

    public ClientConfig withBufferCapacity(int events) {
        return new ClientConfig(kafka, client, requestTimeout, maxPendingRequests, events, atClose);
    }

    public ClientConfig withAtClose(AtClose choice) {
        return new ClientConfig(kafka, client, requestTimeout, maxPendingRequests, bufferCapacity, choice);
    }

    private static ClientId generatedId() {
        return new ClientId("client-" + HexFormat.of().toHexDigits(RANDOM.nextInt()));
    }
}
