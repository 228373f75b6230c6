package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The statistics computed the plain way: all ticks are kept, sums are BigDecimals, and the deviation comes from the definition,
 * the mean of squared distances from the mean, with more digits than any figure shows.
 */
final class PlainModel {

    private static final MathContext MANY_DIGITS = new MathContext(400, RoundingMode.HALF_EVEN);

    private static final MathContext LOGARITHM_DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private final List<Tick> ticks = new ArrayList<>();
    private BigDecimal squaredReturns = BigDecimal.ZERO;

    void add(Tick tick) {
        if (!ticks.isEmpty()) {
            BigDecimal ratio = tick.price().divide(ticks.getLast().price(), LOGARITHM_DIGITS);
            squaredReturns = squaredReturns.add(logarithm(ratio).pow(2));
        }
        ticks.add(tick);
    }

    /** Compares every figure that comes from ticks; {@code where} begins the message of a failure. */
    void assertSame(PriceStats stats, String where) {
        check(where + " count", stats.count() == ticks.size(), stats.count(), ticks.size());
        if (ticks.isEmpty()) {
            boolean absent = stats.minPrice() == null && stats.avgPrice() == null && stats.lastTimestamp() == null;
            check(where + " figures without ticks", absent, stats, "none");
            return;
        }
        BigDecimal n = BigDecimal.valueOf(ticks.size());
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        Tick lowest = ticks.getFirst();
        Tick highest = ticks.getFirst();
        Tick open = ticks.getFirst();
        Tick last = ticks.getFirst();
        for (Tick tick : ticks) {
            sum = sum.add(tick.price());
            volume = volume.add(tick.volume());
            turnover = turnover.add(tick.price().multiply(tick.volume()));
            lowest = tick.price().compareTo(lowest.price()) < 0 ? tick : lowest;
            highest = tick.price().compareTo(highest.price()) > 0 ? tick : highest;
            open = tick.timestamp().compareTo(open.timestamp()) < 0 ? tick : open;
            last = tick.timestamp().compareTo(last.timestamp()) >= 0 ? tick : last;
        }
        same(where + " min", stats.minPrice(), lowest.price());
        same(where + " max", stats.maxPrice(), highest.price());
        same(where + " open", stats.openPrice(), open.price());
        same(where + " last", stats.lastPrice(), last.price());
        same(where + " volume", stats.volume(), volume);
        check(where + " first", stats.firstTimestamp().equals(open.timestamp()), stats, open);
        check(where + " last time", stats.lastTimestamp().equals(last.timestamp()), stats, last);
        Duration duration = Duration.between(open.timestamp(), last.timestamp());
        equalNumber(
                where + " duration",
                stats.durationSeconds(),
                new BigDecimal(duration.getSeconds()).add(new BigDecimal(duration.getNano()).movePointLeft(9)));
        equalNumber(where + " average", stats.avgPrice(), sum.divide(n, 12, RoundingMode.HALF_EVEN));
        if (volume.signum() == 0) {
            check(where + " vwap", stats.vwap() == null, stats.vwap(), "none");
        } else {
            equalNumber(where + " vwap", stats.vwap(), turnover.divide(volume, 12, RoundingMode.HALF_EVEN));
        }
        equalNumber(where + " deviation", stats.stdDev(), deviation(n, sum));
        percentile(where, 50, stats.volumeP50());
        percentile(where, 90, stats.volumeP90());
        percentile(where, 99, stats.volumeP99());
        BigDecimal volatility = squaredReturns.sqrt(LOGARITHM_DIGITS);
        BigDecimal error = stats.realizedVolatility().subtract(volatility).abs();
        BigDecimal bound = volatility.max(BigDecimal.ONE).movePointLeft(12);
        check(where + " volatility", error.compareTo(bound) <= 0, stats.realizedVolatility(), volatility);
    }

    private void percentile(String where, int percent, BigDecimal actual) {
        int place = percent * (ticks.size() - 1) / 100;
        BigDecimal expected = ticks.stream().map(Tick::volume).sorted().toList().get(place);
        BigDecimal error = actual.subtract(expected).abs();
        check(where + " percentile " + percent, error.compareTo(expected.movePointLeft(2)) <= 0, actual, expected);
    }

    /** Roots are drawn until Mercator's series is short: each halves the logarithm. */
    private static BigDecimal logarithm(BigDecimal value) {
        BigDecimal root = value;
        int roots = 0;
        while (root.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.01")) > 0) {
            root = root.sqrt(LOGARITHM_DIGITS);
            roots++;
        }
        BigDecimal distance = root.subtract(BigDecimal.ONE);
        BigDecimal power = BigDecimal.ONE.negate();
        BigDecimal sum = BigDecimal.ZERO;
        for (int term = 1; term <= 30; term++) {
            power = power.multiply(distance, LOGARITHM_DIGITS).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(term), LOGARITHM_DIGITS));
        }
        return sum.multiply(BigDecimal.TWO.pow(roots));
    }

    private BigDecimal deviation(BigDecimal n, BigDecimal sum) {
        // Distances are taken n-fold, so that the mean need not be divided.
        BigDecimal squares = BigDecimal.ZERO;
        for (Tick tick : ticks) {
            BigDecimal distance = tick.price().multiply(n).subtract(sum);
            squares = squares.add(distance.multiply(distance));
        }
        // The root of squares / n^3: divided at the end of the root, of squares * n by n^2.
        BigDecimal root = squares.multiply(n).sqrt(MANY_DIGITS);
        return root.divide(n.multiply(n), MANY_DIGITS).setScale(12, RoundingMode.HALF_EVEN);
    }

    /** Same value in the same form, digit by digit. */
    private static void same(String what, BigDecimal actual, BigDecimal expected) {
        check(what, actual.toString().equals(expected.toString()), actual, expected);
    }

    private static void equalNumber(String what, BigDecimal actual, BigDecimal expected) {
        check(what, actual.compareTo(expected) == 0, actual, expected);
        boolean plain = actual.scale() == Rounding.plain(actual).scale();
        check(what + " without trailing zeros or exponent", plain, actual, expected);
    }

    private static void check(String what, boolean holds, Object actual, Object expected) {
        if (!holds) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }
}
