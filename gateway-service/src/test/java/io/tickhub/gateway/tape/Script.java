package io.tickhub.gateway.tape;

import io.tickhub.gateway.tape.TapeItem.Kind;
import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;

/** Plays the feed: writes a tape and a board as the tap does. */
public final class Script {

    public static final long FEED = 7;

    public final Tape tape;
    public final Board board = new Board();

    public Script(int capacity) {
        tape = new Tape(capacity);
    }

    /** A tick; the message is the symbol and the offset in the feed. */
    public Script tick(String symbol, long offset) {
        return add(new Place(FEED, offset), symbol, Kind.TICK, symbol + "@" + offset);
    }

    public Script notice(String symbol, long offset) {
        return add(new Place(FEED, offset), symbol, Kind.NOTICE, symbol + "!" + offset);
    }

    /** Ticks at these offsets, from and to. */
    public Script ticks(String symbol, long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            tick(symbol, offset);
        }
        return this;
    }

    private Script add(Place place, String symbol, Kind kind, String json) {
        board.note(tape.append(place, new Symbol(symbol), kind, json), new Covers(place.offset(), place.offset() + 1));
        return this;
    }
}
