package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalLong;

/**
 * What a client wants of a symbol, the offsets {@code [start, end)} of its topic: the value of a record on {@code subscriptions}.
 * Each subscription has a key of its own, so that a range that is being finished and a new one of the same client and symbol do
 * not disturb each other. Immutable.
 *
 * @param id names it for ever: partition and offset of the command that made it
 * @param client who holds it
 * @param symbol the instrument
 * @param topicId Kafka's id of the symbol's topic
 * @param feed the topic into which its ticks are copied
 * @param start first offset of the range
 * @param end offset after the last one of the range, empty while it is open
 * @param correlationId of the last command that changed it, in hexadecimal, so that a repeated command is known
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Subscription(
        String id,
        ClientId client,
        Symbol symbol,
        String topicId,
        String feed,
        long start,
        OptionalLong end,
        String correlationId) {

    /** @throws NullPointerException if anything is missing, so that a record written by hand is refused where it is read */
    public Subscription {
        requireNonNull(id, "id");
        requireNonNull(client, "client");
        requireNonNull(symbol, "symbol");
        requireNonNull(topicId, "topicId");
        requireNonNull(feed, "feed");
        requireNonNull(end, "end");
        requireNonNull(correlationId, "correlationId");
    }

    /** The key of its records on {@code subscriptions} and {@code progress}. */
    public String key() {
        return client + "/" + symbol + "/" + id;
    }

    /** Whether UNSUBSCRIBE has not fixed its end yet. */
    @JsonIgnore
    public boolean isOpen() {
        return end.isEmpty();
    }

    /** The same subscription with its end fixed. */
    public Subscription endingAt(long offset, String byCorrelationId) {
        return new Subscription(id, client, symbol, topicId, feed, start, OptionalLong.of(offset), byCorrelationId);
    }
}
