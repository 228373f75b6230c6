package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client wants of a symbol, the offsets {@code [start, end)} of its topic: the value of a record on {@code subscriptions}.
 * Each subscription has a key of its own, so that a range that is being finished and a new one of the same client and symbol do
 * not disturb each other. Immutable.
 *
 * @param id names it for ever: partition and offset of the command that made it, or its append time and offset where the client has a
 *     topic for its own commands alone
 * @param client who holds it
 * @param symbol the instrument
 * @param topicId Kafka's id of the symbol's topic; empty while a topic is waited for, and of {@link Symbol#ALL}
 * @param feed the topic into which its ticks are copied
 * @param start first offset of the range
 * @param end offset after the last one of the range, empty while it is open
 * @param correlationId of the last command that changed it, in hexadecimal, so that a repeated command is known
 * @param conflate at most one tick, the latest, in so much time; every tick if empty
 * @param whenSlow what becomes of ticks while the reader of the feed is far behind
 * @param announced whether the feed tells where the range begins, because the reply could not
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
        String correlationId,
        Optional<Duration> conflate,
        WhenSlow whenSlow,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean announced) {

    /** @throws NullPointerException if anything is missing, so that a record written by hand is refused where it is read */
    public Subscription {
        requireNonNull(id, "id");
        requireNonNull(client, "client");
        requireNonNull(symbol, "symbol");
        requireNonNull(topicId, "topicId");
        requireNonNull(feed, "feed");
        requireNonNull(end, "end");
        requireNonNull(correlationId, "correlationId");
        requireNonNull(conflate, "conflate");
        whenSlow = whenSlow == null ? WhenSlow.KEEP : whenSlow;
    }

    /** Of a known topic, every tick from an offset on. */
    public Subscription(
            String id,
            ClientId client,
            Symbol symbol,
            String topicId,
            String feed,
            long start,
            OptionalLong end,
            String correlationId) {
        this(id, client, symbol, topicId, feed, start, end, correlationId, Optional.empty(), WhenSlow.KEEP, false);
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

    /** Whether it is one to an existing topic; if not, it stands for those that will be made once their topics are there. */
    @JsonIgnore
    public boolean isBound() {
        return !topicId.isEmpty();
    }

    /** The same subscription with its end fixed. */
    public Subscription endingAt(long offset, String byCorrelationId) {
        return new Subscription(
                id,
                client,
                symbol,
                topicId,
                feed,
                start,
                OptionalLong.of(offset),
                byCorrelationId,
                conflate,
                whenSlow,
                announced);
    }

    /** A range that it stands for, now that a symbol has a topic: of that topic, from an offset on. */
    public Subscription bound(String boundId, Symbol to, String boundTopicId, long boundStart) {
        return new Subscription(
                boundId,
                client,
                to,
                boundTopicId,
                feed,
                boundStart,
                OptionalLong.empty(),
                correlationId,
                conflate,
                whenSlow,
                true);
    }
}
