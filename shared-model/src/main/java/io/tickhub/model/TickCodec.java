package io.tickhub.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ticks to JSON and back. The usual form of a tick is read and written as bytes, every other one by a JSON parser; which way a tick takes changes the
 * time, never what comes out. Thread safe.
 *
 * <p>Hub and aggregator decide with {@link #decode} which records of a tick topic count as ticks, so both always agree.
 */
public final class TickCodec {

    /** How far an event time may lie ahead of the record's append time. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /** The most bytes of a tick: it must fit into a feed record together with its headers. */
    public static final int MAX_BYTES = 64 * 1024;

    private final PlainTicks plain = new PlainTicks();
    private final JsonTicks any = new JsonTicks();

    /** The tick as one JSON object in UTF-8, decimals in plain notation. */
    public byte[] encode(Tick tick) {
        return plain.write(tick).orElseGet(() -> any.write(tick));
    }

    /**
     * Reads the value of a record on a symbol's topic. Never throws for what the bytes hold.
     *
     * @param symbol the symbol of the topic
     * @param value the record's value, null for a tombstone
     * @param appended the record's append time
     */
    public Decoded decode(Symbol symbol, byte[] value, Instant appended) {
        if (value == null || value.length == 0) {
            return new Decoded.Malformed(DeadLetterReason.EMPTY, "the record has no value");
        }
        if (value.length > MAX_BYTES) {
            return new Decoded.Malformed(
                    DeadLetterReason.OUT_OF_RANGE,
                    "a tick has at most " + MAX_BYTES + " bytes, this has " + value.length);
        }
        Optional<Tick> usual = plain.read(symbol, value);
        if (usual.isPresent()) {
            return inTime(usual.get(), appended);
        }
        return switch (any.read(value)) {
            case Decoded.Valid valid -> ofSymbol(symbol, valid.tick(), appended);
            case Decoded.Malformed malformed -> malformed;
        };
    }

    private static Decoded ofSymbol(Symbol symbol, Tick tick, Instant appended) {
        return tick.symbol().equals(symbol)
                ? inTime(tick, appended)
                : new Decoded.Malformed(
                        DeadLetterReason.WRONG_SYMBOL,
                        "the tick's symbol is " + tick.symbol() + ", the topic's is " + symbol);
    }

    private static Decoded inTime(Tick tick, Instant appended) {
        // Nearly all times are past: only the others are looked at more closely.
        if (tick.timestamp().isAfter(appended) && tick.timestamp().isAfter(appended.plus(MAX_AHEAD))) {
            return new Decoded.Malformed(
                    DeadLetterReason.FUTURE,
                    "event time " + tick.timestamp() + " is more than " + MAX_AHEAD.toMinutes()
                            + " minutes ahead of arrival at " + appended);
        }
        return new Decoded.Valid(tick);
    }
}
