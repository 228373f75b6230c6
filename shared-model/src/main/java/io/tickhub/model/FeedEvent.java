package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A feed record that is no tick; it carries the header {@code event} with the kind. Immutable.
 *
 * @param symbol the subscription's symbol
 * @param subscription the subscription's id
 * @param from first offset that the event speaks of
 * @param to offset after the last one
 * @param detail one sentence for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedEvent(Symbol symbol, String subscription, long from, long to, String detail) {

    /** The kinds of events. */
    public enum Kind {
        /** Retention deleted the offsets {@code [from, to)} before they could be copied. */
        GAP,
        /** The offsets {@code [from, to)} hold no valid tick: rejected records or transaction markers. */
        SKIPPED,
        /** The range is complete, or the symbol's topic is gone: nothing more follows for this subscription. */
        ENDED
    }
}
