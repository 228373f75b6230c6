package io.tickhub.aggregator.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * From exact sums to figures: each figure is rounded exactly once, to {@value #DECIMALS} decimals, ties to the even digit
 * (roundTiesToEven of IEEE 754-2019, 4.3.1), and comes without trailing zeros. Thread safe.
 */
public final class Rounding {

    /** Digits after the point of every derived figure. */
    public static final int DECIMALS = 12;

    private Rounding() {}

    /** {@code dividend / divisor}; the divisor must not be 0. */
    public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return plain(dividend.divide(divisor, DECIMALS, RoundingMode.HALF_EVEN));
    }

    /**
     * The population standard deviation {@code sqrt((n * sum(x^2) - sum(x)^2) / n^2)}.
     *
     * <p>This is the textbook one-pass formula (Chan, Golub, LeVeque: Algorithms for Computing the Sample Variance, The American
     * Statistician 37, 1983). Its known weakness, cancellation, does not occur with exact sums.
     *
     * <p>Rounding: with the root scaled to an integer, {@code r = floor(sqrt(q))} for a fraction {@code q} follows from the
     * integer part of {@code q} alone; whether to go up to {@code r + 1} is decided by comparing {@code q} with
     * {@code (r + 1/2)^2} exactly. So no rounded intermediate value is rounded again.
     *
     * @param count n, above 0
     * @param sum exact sum of the values
     * @param sumOfSquares exact sum of the squares of the same values
     */
    public static BigDecimal standardDeviation(long count, BigDecimal sum, BigDecimal sumOfSquares) {
        BigInteger n = BigInteger.valueOf(count);
        BigDecimal spread = sumOfSquares.multiply(new BigDecimal(n)).subtract(sum.multiply(sum));
        // q = numerator / denominator = variance * 10^(2 * DECIMALS)
        int shift = 2 * DECIMALS - spread.scale();
        BigInteger numerator = spread.unscaledValue().multiply(powerOfTen(Math.max(shift, 0)));
        BigInteger denominator = n.multiply(n).multiply(powerOfTen(Math.max(-shift, 0)));

        BigInteger root = numerator.divide(denominator).sqrt();
        BigInteger twiceMiddle = root.shiftLeft(1).add(BigInteger.ONE);
        int side = numerator
                .shiftLeft(2)
                .compareTo(twiceMiddle.multiply(twiceMiddle).multiply(denominator));
        boolean up = side > 0 || (side == 0 && root.testBit(0));
        return plain(new BigDecimal(up ? root.add(BigInteger.ONE) : root, DECIMALS));
    }

    /** The same value without trailing zeros after the point, and never with an exponent. */
    public static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigInteger powerOfTen(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }
}
