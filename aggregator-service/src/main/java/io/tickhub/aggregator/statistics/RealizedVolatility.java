package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The realised volatility of a symbol, {@code sqrt(sum(ln(p[i] / p[i-1])^2))}, from each tick to the next by offset. For one thread.
 *
 * <p>It is not annualised, and no mean is subtracted: Andersen, Bollerslev: Answering the Skeptics, International Economic Review 39, 1998;
 * Barndorff-Nielsen, Shephard: Econometric Analysis of Realized Volatility, Journal of the Royal Statistical Society B 64, 2002. Every tick is a
 * sample, so the bounce between bid and ask is in the figure; one sampled each five minutes is smaller.
 *
 * <p>Logarithms cannot be exact. With {@code u = 2^-53}: {@code ln(p/q)} is taken as {@code log1p(|p - q| / min(p, q))}, its sign being of no
 * matter. The difference is exact, so the argument is wrong by 3u at most, relatively, and as it is not negative, its logarithm by no
 * more than that and an ulp (2u) of fdlibm. The square is then wrong by 11u, the compensated sum of what is never negative (Neumaier: Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 1974) by 2u more, and the root by half of all that and another u: below 9u, or
 * 10^-15. Rounding to 12 decimals adds 5 * 10^-13. So the figure is within {@code 10^-12 * max(1, figure)} of the true one. {@link StrictMath} gives
 * the same bits on every machine, and the saved state has every bit: a replay or a successor comes to the same figure.
 */
final class RealizedVolatility {

    /** Every whole number below it is a double. */
    private static final long EXACT = 1L << 53;

    private BigDecimal last;
    private double lastValue;
    private long lastUnits;
    private double squares;
    private double correction;

    /**
     * As it is kept.
     *
     * @param last price of the newest tick by offset, 0 before the first one
     * @param squares sum of the squared log returns, rounded; not a number if the first of them are not known
     * @param correction what rounding took from it
     */
    record Saved(BigDecimal last, double squares, double correction) {

        static final Saved NONE = new Saved(BigDecimal.ZERO, 0, 0);

        /** Of ticks that were counted by a version that did not have it. */
        static final Saved UNKNOWN = new Saved(BigDecimal.ZERO, Double.NaN, 0);
    }

    RealizedVolatility(Saved saved) {
        last = saved.last();
        lastValue = last.doubleValue();
        lastUnits = Decimals.units(last);
        squares = saved.squares();
        correction = saved.correction();
    }

    /**
     * @param price above 0
     * @param units its unscaled value, {@link Trade#NO_UNITS} if it has too many digits for a long
     */
    void add(BigDecimal price, long units) {
        double value = price.doubleValue();
        if (last.signum() != 0 && price.compareTo(last) != 0) {
            double logReturn = StrictMath.log1p(distance(price, units) / Math.min(value, lastValue));
            addSquare(logReturn * logReturn);
        }
        last = price;
        lastValue = value;
        lastUnits = units;
    }

    /** The double next to the exact distance from the last price. */
    private double distance(BigDecimal price, long units) {
        long distance = Math.abs(units - lastUnits);
        boolean isCountable =
                price.scale() == last.scale() && units != Trade.NO_UNITS && lastUnits != Trade.NO_UNITS && distance < EXACT;
        // Both are doubles as they are, so the quotient is rounded once, as the exact way does it.
        return isCountable
                ? distance / (double) Decimals.powerOfTen(price.scale())
                : price.subtract(last).abs().doubleValue();
    }

    private void addSquare(double square) {
        double sum = squares + square;
        correction += squares >= square ? squares - sum + square : square - sum + squares;
        squares = sum;
    }

    /** Rounded to 12 decimals; empty if not all of it is known. */
    Optional<BigDecimal> figure() {
        return Double.isNaN(squares)
                ? Optional.empty()
                : Optional.of(Rounding.plain(new BigDecimal(Math.sqrt(squares + correction))
                        .setScale(Rounding.DECIMALS, RoundingMode.HALF_EVEN)));
    }

    Saved toSaved() {
        return new Saved(last, squares, correction);
    }
}
