package io.tickhub.gateway.tape;

import io.tickhub.model.Symbol;

/**
 * One event for browsers, ready to be sent: it is put into JSON once, however many get it. Immutable.
 *
 * @param sequence its number on the tape, from 0
 * @param place where it stands in the gateway's feed
 * @param symbol the instrument
 * @param kind what it is
 * @param json the message
 */
public record TapeItem(long sequence, Place place, Symbol symbol, Kind kind, String json) {

    /** What an event is. */
    public enum Kind {
        /** A trade. */
        TICK,
        /** Something about the symbol: stale, recovered, a gap, the end. */
        NOTICE
    }
}
