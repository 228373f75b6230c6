package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A feed record that is no tick; it carries the header {@code event} with the kind. Immutable.
 *
 * @param symbol the subscription's symbol
 * @param subscription the subscription's id
 * @param from first offset that the event speaks of
 * @param to offset after the last one
 * @param detail one sentence for a person
 * @param owner with {@link Kind#STALE}: which run of an instance is away; with {@link Kind#RECOVERED}: which one the symbol has back,
 *     or has got another one for; else empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedEvent(
        Symbol symbol,
        String subscription,
        long from,
        long to,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> owner) {

    /** The kinds of events. */
    public enum Kind {
        /** Retention deleted the offsets {@code [from, to)} before they could be copied. */
        GAP,
        /** The offsets {@code [from, to)} hold no valid tick: rejected records or transaction markers. */
        SKIPPED,
        /** The range is complete, or the symbol's topic is gone: nothing more follows for this subscription. */
        ENDED,
        /** The range begins at {@code from}: the first record of one that SUBSCRIBE could not give a start. */
        BEGUN,
        /** The owner of the symbol is away: ticks may stand still. Says nothing about offsets. */
        STALE,
        /** The symbol has its owner back, or another one. Says nothing about offsets. */
        RECOVERED
    }
}
