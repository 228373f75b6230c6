package io.tickhub.aggregator.bar;

import io.tickhub.aggregator.exact.ExactSums;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.BarInterval;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Consecutive ticks that belong to the same bar of the shortest interval, and so to the same bar of each interval. It is added up once,
 * and then joined to the bars of all intervals. For one thread.
 */
final class TickRun {

    private final long firstSecond;
    private final long endSecond;
    private final ExactSums sums = new ExactSums();
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private Instant openTime;
    private Instant closeTime;
    private long count;
    private long asOf;

    /** @param interval the shortest */
    TickRun(BarInterval interval, long offset, Trade first) {
        firstSecond = interval.slot(first.timestamp()) * interval.seconds();
        endSecond = firstSecond + interval.seconds();
        open = first.price();
        high = first.price();
        low = first.price();
        close = first.price();
        openTime = first.timestamp();
        closeTime = first.timestamp();
        add(offset, first);
    }

    /** Whether a tick of this time belongs to the same bar. */
    boolean holds(Instant time) {
        long second = time.getEpochSecond();
        return second >= firstSecond && second < endSecond;
    }

    void add(long offset, Trade trade) {
        BigDecimal price = trade.price();
        Instant time = trade.timestamp();
        sums.add(trade);
        count++;
        asOf = offset + 1;
        if (price.compareTo(high) > 0) {
            high = price;
        } else if (price.compareTo(low) < 0) {
            low = price;
        }
        // Offsets rise, so of equal times the first one stays the opening and the last one becomes the close.
        if (time.isBefore(openTime)) {
            open = price;
            openTime = time;
        }
        if (!time.isBefore(closeTime)) {
            close = price;
            closeTime = time;
        }
    }

    BarPiece piece() {
        return new BarPiece(open, high, low, close, sums.volume(), sums.turnover(), count, openTime, closeTime, asOf);
    }
}
