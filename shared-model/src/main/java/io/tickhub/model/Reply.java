package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the hub answers: the value of a record on a reply topic. The JSON field {@code type} names the kind. A reply holds at most
 * {@value #MAX_BYTES} bytes; a longer list ends with {@code after}, to be sent with the next request.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Subscribed.class, name = "SUBSCRIBED"),
    @JsonSubTypes.Type(value = Reply.Unsubscribed.class, name = "UNSUBSCRIBED"),
    @JsonSubTypes.Type(value = Reply.Renewed.class, name = "RENEWED"),
    @JsonSubTypes.Type(value = Reply.Stats.class, name = "STATS"),
    @JsonSubTypes.Type(value = Reply.Bars.class, name = "BARS"),
    @JsonSubTypes.Type(value = Reply.Symbols.class, name = "SYMBOLS"),
    @JsonSubTypes.Type(value = Reply.Subscriptions.class, name = "SUBSCRIPTIONS"),
    @JsonSubTypes.Type(value = Reply.Pong.class, name = "PONG"),
    @JsonSubTypes.Type(value = Reply.Drained.class, name = "DRAINED"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "ERROR"),
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface Reply {

    /** The most bytes of one reply: brokers take records of 1 MiB by default. */
    int MAX_BYTES = 900 * 1024;

    /**
     * The subscriptions, all of them or, if any cannot be, an error and none.
     *
     * @param feed the topic into which the hub copies the ticks; empty if the client reads the symbols' topics itself
     * @param symbols in the order of the request
     */
    record Subscribed(Optional<String> feed, List<Start> symbols) implements Reply {

        /**
         * One subscription.
         *
         * @param symbol the symbol
         * @param subscription its id, in the {@code subscription} header of its feed records
         * @param start first offset of its range
         * @param snapshot the statistics of {@code [since, start)}; empty if there are none yet, or if the client had
         *     subscribed before and the statistics have moved on
         * @param state present if the range has no start yet
         */
        public record Start(
                Symbol symbol, String subscription, long start, Optional<PriceStats> snapshot, Optional<State> state) {

            /** Of a range that begins at once. */
            public Start(Symbol symbol, String subscription, long start, Optional<PriceStats> snapshot) {
                this(symbol, subscription, start, snapshot, Optional.empty());
            }
        }

        /** Why a range has no start yet. */
        public enum State {
            /** The symbol has no topic, or it is {@link Symbol#ALL}: the feed tells where each range begins. */
            WAITING
        }
    }

    /**
     * The subscriptions have an end now.
     *
     * @param symbols in the order of the request
     */
    record Unsubscribed(List<End> symbols) implements Reply {

        /**
         * One subscription.
         *
         * @param symbol the symbol
         * @param subscription its id
         * @param end offset after the last one of its range
         */
        public record End(Symbol symbol, String subscription, long end) {}
    }

    /**
     * The client's subscriptions are kept.
     *
     * @param lease for how long, from the append time of the command on
     * @param subscriptions how many are open
     */
    record Renewed(Duration lease, int subscriptions) implements Reply {}

    /**
     * Statistics in order of symbol; symbols without any are left out.
     *
     * @param stats the statistics
     * @param after present if more follow
     */
    record Stats(List<PriceStats> stats, Optional<Symbol> after) implements Reply {}

    /**
     * Bars in order of start.
     *
     * @param bars the bars
     * @param after present if more follow
     */
    record Bars(List<Bar> bars, Optional<Instant> after) implements Reply {}

    /**
     * Symbols in order.
     *
     * @param symbols the symbols
     * @param after present if more follow
     */
    record Symbols(List<Symbol> symbols, Optional<Symbol> after) implements Reply {}

    /**
     * Subscriptions in order of client, symbol and id.
     *
     * @param subscriptions the subscriptions
     * @param after present if more follow
     */
    record Subscriptions(List<Held> subscriptions, Optional<String> after) implements Reply {

        /**
         * One subscription.
         *
         * @param client who holds it
         * @param symbol the symbol
         * @param subscription its id
         * @param feed the topic into which the hub copies the ticks
         * @param start first offset of its range
         * @param end offset after the last one of its range, empty while it is open
         * @param state how far the hub has come
         * @param conflate at most one tick in so much time; every tick if empty
         * @param whenSlow what becomes of ticks while the reader of the feed is far behind
         * @param lag by how many records the reader of the feed is behind, markers of transactions included; empty if it is not
         *     known
         * @param leaseLeft how long it is kept without a word of the client; empty if it is not known
         */
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        public record Held(
                ClientId client,
                Symbol symbol,
                String subscription,
                String feed,
                long start,
                OptionalLong end,
                String state,
                Optional<Duration> conflate,
                WhenSlow whenSlow,
                OptionalLong lag,
                Optional<Duration> leaseLeft) {}
    }

    /**
     * A hub is there.
     *
     * @param instance which one
     * @param version of its program
     * @param role always {@code hub}
     * @param uptime since its start
     */
    record Pong(String instance, String version, String role, Duration uptime) implements Reply {}

    /**
     * The system has stopped, or its time was over.
     *
     * @param drained whether everything published was counted and forwarded, and every instance finished its work
     * @param receipt the figures
     */
    record Drained(boolean drained, Receipt receipt) implements Reply {}

    /**
     * The command was not carried out.
     *
     * @param code the kind of fault
     * @param message one sentence for a person: what failed, why, what to do
     */
    record Failed(ErrorCode code, String message) implements Reply {}
}
