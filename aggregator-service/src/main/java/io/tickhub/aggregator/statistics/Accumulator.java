package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.bar.SavedBars;
import io.tickhub.aggregator.exact.ExactSums;
import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The running statistics of one symbol over the offsets {@code [since, nextOffset)} of its topic. Nothing is rounded before a
 * figure is asked for, but for what {@link RealizedVolatility} and {@link TradeSizes} say of themselves. For one thread: the worker that owns the symbol.
 *
 * <p>Every offset is accounted for once, in rising order, as counted, rejected, missed or skipped; so
 * {@code count + rejected + missed + skipped = nextOffset - since} always.
 */
final class Accumulator {

    private final Symbol symbol;
    private final String topicId;
    private final long since;
    private final ExactSums sums;
    private final Activity activity;
    private final RealizedVolatility volatility;
    private final TradeSizes sizes;

    private long nextOffset;
    private long count;
    private long rejected;
    private long missed;
    private long skipped;

    // Null while count is 0.
    private BigDecimal minPrice;
    private BigDecimal maxPrice;
    private BigDecimal openPrice;
    private BigDecimal lastPrice;
    private Instant firstTimestamp;
    private Instant lastTimestamp;

    /** Starts with nothing counted at the offset {@code since}. */
    Accumulator(Symbol symbol, String topicId, long since) {
        this.symbol = symbol;
        this.topicId = topicId;
        this.since = since;
        this.nextOffset = since;
        this.sums = new ExactSums();
        this.activity = new Activity(Activity.Saved.NONE);
        this.volatility = new RealizedVolatility(RealizedVolatility.Saved.NONE);
        this.sizes = new TradeSizes();
    }

    /** Goes on where a saved state ended. */
    Accumulator(AggregatorState state) {
        symbol = state.symbol();
        topicId = state.topicId();
        since = state.since();
        nextOffset = state.nextOffset();
        count = state.count();
        rejected = state.rejected();
        missed = state.missed();
        skipped = state.skipped();
        minPrice = state.minPrice();
        maxPrice = state.maxPrice();
        openPrice = state.openPrice();
        lastPrice = state.lastPrice();
        firstTimestamp = state.firstTimestamp();
        lastTimestamp = state.lastTimestamp();
        sums = new ExactSums(state.sums());
        activity = new Activity(state.activity());
        volatility = new RealizedVolatility(state.volatility());
        sizes = count == 0 ? new TradeSizes() : new TradeSizes(state.tradeSizes());
    }

    /** Counts a tick; the offsets before it that held no record are skipped. */
    void add(long offset, Trade trade) {
        skipTo(offset);
        nextOffset++;
        count++;
        BigDecimal price = trade.price();
        Instant timestamp = trade.timestamp();
        sums.add(trade);
        activity.add(trade.tick());
        volatility.add(price, trade.priceUnits());
        sizes.add(trade.volume());
        if (count == 1) {
            minPrice = price;
            maxPrice = price;
            openPrice = price;
            lastPrice = price;
            firstTimestamp = timestamp;
            lastTimestamp = timestamp;
            return;
        }
        if (price.compareTo(minPrice) < 0) {
            minPrice = price;
        } else if (price.compareTo(maxPrice) > 0) {
            maxPrice = price;
        }
        // Offsets rise, so of equal times the first one stays the opening and the last one becomes the last.
        if (timestamp.isBefore(firstTimestamp)) {
            openPrice = price;
            firstTimestamp = timestamp;
        }
        if (!timestamp.isBefore(lastTimestamp)) {
            lastPrice = price;
            lastTimestamp = timestamp;
        }
    }

    /** Counts a record that is no valid tick. */
    void reject(long offset) {
        skipTo(offset);
        nextOffset++;
        rejected++;
    }

    /** Counts the offsets up to {@code resumed} as deleted before they were read. */
    void missTo(long resumed) {
        missed += advance(resumed);
    }

    /** Counts the offsets up to {@code offset} as holding no record, such as transaction markers. */
    void skipTo(long offset) {
        if (offset != nextOffset) {
            skipped += advance(offset);
        }
    }

    private long advance(long offset) {
        if (offset < nextOffset) {
            throw new IllegalStateException(
                    "offset " + offset + " of " + symbol + " was read again after " + nextOffset);
        }
        long distance = offset - nextOffset;
        nextOffset = offset;
        return distance;
    }

    /** The instrument. */
    Symbol symbol() {
        return symbol;
    }

    /** Whether the session ends before a tick of this time. */
    boolean isOver(Sessions sessions, Instant time) {
        return count > 0 && time.isAfter(lastTimestamp) && sessions.isOver(lastTimestamp, time);
    }

    /** Whether no offset is accounted for yet. */
    boolean isUntouched() {
        return nextOffset == since;
    }

    /** The same symbol, with nothing counted, from another offset on. */
    Accumulator startingAt(long offset) {
        return new Accumulator(symbol, topicId, offset);
    }

    /** First offset that is not accounted for yet. */
    long nextOffset() {
        return nextOffset;
    }

    /** Everything that a successor needs to go on exactly here. */
    AggregatorState toState() {
        return new AggregatorState(
                AggregatorState.VERSION,
                symbol,
                topicId,
                since,
                nextOffset,
                count,
                rejected,
                missed,
                skipped,
                minPrice,
                maxPrice,
                openPrice,
                lastPrice,
                firstTimestamp,
                lastTimestamp,
                sums.toState(),
                activity.toSaved(),
                volatility.toSaved(),
                sizes.toSaved(),
                SavedBars.NONE);
    }

    /** The figures for everybody. */
    PriceStats toStats() {
        return new PriceStats(
                symbol,
                topicId,
                count,
                minPrice,
                maxPrice,
                count == 0 ? null : sums.average(count),
                openPrice,
                lastPrice,
                sums.volume(),
                sums.hasVolume() ? sums.volumeWeightedAverage() : null,
                count == 0 ? null : sums.standardDeviation(count),
                firstTimestamp,
                lastTimestamp,
                count == 0 ? null : seconds(Duration.between(firstTimestamp, lastTimestamp)),
                since,
                nextOffset,
                rejected,
                missed,
                skipped,
                0,
                Map.of(),
                count == 0 ? null : activity.ticksPerSecond(10),
                count == 0 ? null : activity.ticksPerSecond(60),
                count == 0 ? null : Rounding.quotient(lastPrice.subtract(openPrice), openPrice),
                count == 0 ? null : volatility.figure().orElse(null),
                count == 0 ? null : sizes.percentile(50).orElse(null),
                count == 0 ? null : sizes.percentile(90).orElse(null),
                count == 0 ? null : sizes.percentile(99).orElse(null),
                activity.sources());
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.getNano(), 9);
        return Rounding.plain(BigDecimal.valueOf(duration.getSeconds()).add(nanos));
    }
}
