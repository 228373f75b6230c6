package io.tickhub.drill.proof;

import io.tickhub.drill.proof.Tape.Entry;
import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * One symbol's statistics counted again in plain BigDecimal, as their definitions say, from the records of its topic. Begins at
 * offset 0. For one thread.
 */
final class Recount {

    private static final MathContext MANY_DIGITS = new MathContext(100, RoundingMode.HALF_EVEN);

    private final Tape tape;
    private long next;
    private long count;
    private long rejected;
    private BigDecimal prices = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal turnover = BigDecimal.ZERO;
    private Tick lowest;
    private Tick highest;
    private Tick first;
    private Tick last;

    Recount(Tape tape) {
        this.tape = tape;
    }

    /** First offset that has not been counted. */
    long next() {
        return next;
    }

    /** Counts on to the end of published statistics, and compares every figure. */
    void compare(PriceStats stats, Findings findings) {
        if (stats.asOf() < next) {
            findings.doubled(
                    next - stats.asOf(),
                    "%s: statistics went back to offset %d from %d".formatted(tape.symbol(), stats.asOf(), next));
            return;
        }
        tape.between(next, stats.asOf()).values().forEach(this::add);
        next = stats.asOf();
        compareCounts(stats, findings);
        if (count > 0 && stats.count() == count) {
            compareFigures(stats, findings);
        }
    }

    private void add(Entry entry) {
        switch (entry.decoded()) {
            case Decoded.Malformed malformed -> rejected++;
            case Decoded.Valid valid -> add(valid.tick());
        }
    }

    private void add(Tick tick) {
        count++;
        prices = prices.add(tick.price());
        squares = squares.add(tick.price().pow(2));
        volume = volume.add(tick.volume());
        turnover = turnover.add(tick.price().multiply(tick.volume()));
        lowest = lowest == null || tick.price().compareTo(lowest.price()) < 0 ? tick : lowest;
        highest = highest == null || tick.price().compareTo(highest.price()) > 0 ? tick : highest;
        first = first == null || tick.timestamp().isBefore(first.timestamp()) ? tick : first;
        last = last == null || !tick.timestamp().isBefore(last.timestamp()) ? tick : last;
    }

    private void compareCounts(PriceStats stats, Findings findings) {
        String where = "%s [%d, %d)".formatted(tape.symbol(), stats.since(), stats.asOf());
        if (stats.count() < count) {
            findings.lost(
                    count - stats.count(),
                    "%s: %d ticks counted, %d stand in the topic".formatted(where, stats.count(), count));
        } else if (stats.count() > count) {
            findings.doubled(
                    stats.count() - count,
                    "%s: %d ticks counted, %d stand in the topic".formatted(where, stats.count(), count));
        }
        if (stats.since() != 0 || stats.rejected() != rejected || stats.missed() != 0) {
            findings.complain("%s: %d rejected instead of %d, %d missed instead of 0"
                    .formatted(where, stats.rejected(), rejected, stats.missed()));
        }
        if (stats.count() + stats.rejected() + stats.missed() + stats.skipped() != stats.asOf() - stats.since()) {
            findings.complain(where + ": count + rejected + missed + skipped is not asOf - since: " + stats);
        }
    }

    private void compareFigures(PriceStats stats, Findings findings) {
        BigDecimal number = BigDecimal.valueOf(count);
        BigDecimal mean = prices.divide(number, MANY_DIGITS);
        figure("minPrice", stats.minPrice(), lowest.price(), findings);
        figure("maxPrice", stats.maxPrice(), highest.price(), findings);
        figure("openPrice", stats.openPrice(), first.price(), findings);
        figure("lastPrice", stats.lastPrice(), last.price(), findings);
        figure("avgPrice", stats.avgPrice(), rounded(mean), findings);
        figure("volume", stats.volume(), volume, findings);
        if (volume.signum() != 0) {
            figure("vwap", stats.vwap(), turnover.divide(volume, 12, RoundingMode.HALF_EVEN), findings);
        }
        // The variance is exact but for its last division: n times the squares minus the square of the sum, by n
        // squared.
        BigDecimal variance = number.multiply(squares).subtract(prices.pow(2)).divide(number.pow(2), MANY_DIGITS);
        figure("stdDev", stats.stdDev(), rounded(variance.sqrt(MANY_DIGITS)), findings);
        same("firstTimestamp", stats.firstTimestamp(), first.timestamp(), Objects::equals, findings);
        same("lastTimestamp", stats.lastTimestamp(), last.timestamp(), Objects::equals, findings);
    }

    private static BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(12, RoundingMode.HALF_EVEN);
    }

    private void figure(String name, BigDecimal published, BigDecimal recounted, Findings findings) {
        same(name, published, recounted, (one, other) -> one != null && one.compareTo(other) == 0, findings);
    }

    private <T> void same(String name, T published, T recounted, BiPredicate<T, T> equal, Findings findings) {
        if (!equal.test(published, recounted)) {
            findings.complain("%s: %s is %s, counted again %s".formatted(tape.symbol(), name, published, recounted));
        }
    }
}
