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
 * matter. The difference is exact, so the argument is wrong by u, relatively, and by 3u where prices have too many digits for a double. As it is
 * not negative, its logarithm is wrong by no more than that and what {@link #log1p} adds, 4.1u, or an ulp (2u) of fdlibm in the second case. The
 * square is then wrong by 12u, the compensated sum of what is never negative (Neumaier: Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 1974) by 2u more, and the root by half of all that and another u: below 9u, or
 * 10^-15. Rounding to 12 decimals adds 5 * 10^-13. So the figure is within {@code 10^-12 * max(1, figure)} of the true one. Arithmetic of doubles and
 * {@link StrictMath} give the same bits on every machine, and the saved state has every bit: a replay or a successor comes to the same figure.
 */
final class RealizedVolatility {

    /** Whole numbers below it are doubles; and {@link Decimals#units} has them all, so that a successor goes on with the same units. */
    private static final long END_OF_EXACT = 1_000_000_000_000_000L;

    /** Up to here the series has enough terms. From one tick to the next a price seldom moves by more than 1.6 %. */
    private static final double SMALL = 0x1p-6;

    private BigDecimal last;
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
        lastUnits = Decimals.units(last);
        squares = saved.squares();
        correction = saved.correction();
    }

    /**
     * @param price above 0
     * @param units its unscaled value, {@link Trade#NO_UNITS} if it has too many digits for a long
     */
    void add(BigDecimal price, long units) {
        if (last.signum() != 0 && price.compareTo(last) != 0) {
            double logReturn = logReturn(price, units);
            addSquare(logReturn * logReturn);
        }
        last = price;
        lastUnits = units;
    }

    /** Of the price to the last one, or the other way round: not negative. */
    private double logReturn(BigDecimal price, long units) {
        if (price.scale() == last.scale() && isExact(units) && isExact(lastUnits)) {
            double change = Math.abs(units - lastUnits) / (double) Math.min(units, lastUnits);
            return change <= SMALL ? log1p(change) : StrictMath.log1p(change);
        }
        return StrictMath.log1p(
                price.subtract(last).abs().doubleValue() / price.min(last).doubleValue());
    }

    /**
     * {@code ln(1 + x)} for x from 0 to {@link #SMALL}, in a third of the time of fdlibm's: with {@code s = x / (2 + x)} it is
     * {@code 2 (s + s^3/3 + s^5/5 + ...)} (Abramowitz, Stegun: Handbook of Mathematical Functions, 4.1.27).
     *
     * <p>s is at most 2^-7, so what is left away is below 0.02u; s is wrong by 2u, the sum by little more than one rounding, the product by
     * another: within 4.1u.
     */
    static double log1p(double x) {
        double s = x / (2 + x);
        double z = s * s;
        return 2 * s * (1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7))));
    }

    private static boolean isExact(long units) {
        return units != Trade.NO_UNITS && units < END_OF_EXACT;
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
