package io.tickhub.aggregator.bar;

import io.tickhub.aggregator.exact.ExactSums;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Consecutive ticks that belong to the same bar of the shortest interval, and so to the same bar of each interval. It is added up once,
 * and then joined to the bars of all intervals. For one thread.
 */
final class TickRun {

    private final long slot;
    private final ExactSums sums = new ExactSums();
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private Instant openTime;
    private Instant closeTime;
    private long count;
    private long asOf;

    /** @param slot number of the bar of the shortest interval */
    TickRun(long slot, long offset, Tick first) {
        this.slot = slot;
        open = first.price();
        high = first.price();
        low = first.price();
        close = first.price();
        openTime = first.timestamp();
        closeTime = first.timestamp();
        add(offset, first);
    }

    long slot() {
        return slot;
    }

    void add(long offset, Tick tick) {
        BigDecimal price = tick.price();
        Instant time = tick.timestamp();
        sums.add(price, tick.volume());
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
