package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a {@link Subscription} delivers. The {@link #covers} of one symbol's events join without holes and without overlap from the
 * start of its range to its end; what could not be had is announced by an event of its own. Immutable.
 */
public sealed interface MarketEvent {

    /** The instrument. */
    Symbol symbol();

    /** The offsets of the symbol's topic for which this event stands. */
    Covers covers();

    /**
     * A tick.
     *
     * @param symbol the instrument
     * @param offset its place in the symbol's topic: symbol and offset name the tick for ever
     * @param price price of one unit in the quote currency
     * @param volume units traded
     * @param timestamp event time
     * @param covers the offsets for which the tick stands; the others hold no valid ticks
     */
    record FeedTick(Symbol symbol, long offset, BigDecimal price, BigDecimal volume, Instant timestamp, Covers covers)
            implements MarketEvent {}

    /** These offsets hold no valid ticks, only rejected records or transaction markers; nothing is missing. */
    record Skipped(Symbol symbol, Covers covers) implements MarketEvent {}

    /**
     * These offsets were deleted by retention before they could be delivered, from the symbol's topic or from the feed.
     *
     * @param symbol the instrument
     * @param covers the lost offsets
     * @param detail one sentence for a person
     */
    record Gap(Symbol symbol, Covers covers, String detail) implements MarketEvent {}

    /**
     * These offsets are missing without an announcement: the feed was deleted before it was read, or somebody else read or wrote
     * it. The symbol's own topic may still hold them.
     *
     * @param symbol the instrument
     * @param covers the missing offsets
     */
    record Hole(Symbol symbol, Covers covers) implements MarketEvent {}

    /** The range begins here: the first event of a symbol that was waited for, or that belongs to a subscription to all symbols. */
    record Begun(Symbol symbol, Covers covers) implements MarketEvent {}

    /**
     * The hub that copies this symbol is away: ticks may stand still until {@link Recovered}. Nothing is lost.
     *
     * @param symbol the instrument
     * @param covers an empty range at the offset up to which everything was delivered
     * @param detail one sentence for a person
     */
    record Stale(Symbol symbol, Covers covers, String detail) implements MarketEvent {}

    /** After {@link Stale}: the symbol is copied again, and goes on where it stood. */
    record Recovered(Symbol symbol, Covers covers) implements MarketEvent {}

    /**
     * Nothing more follows for this symbol.
     *
     * @param symbol the instrument
     * @param covers an empty range at the offset after the last one delivered
     * @param detail one sentence for a person
     */
    record Ended(Symbol symbol, Covers covers, String detail) implements MarketEvent {}
}
