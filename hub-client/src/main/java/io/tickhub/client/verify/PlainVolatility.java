package io.tickhub.client.verify;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Realised volatility with 34 digits, from {@code ln(p/q) = 2 * artanh((p - q) / (p + q))} and the series of artanh. For one thread.
 */
final class PlainVolatility {

    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal LN_2 =
            artanh(BigDecimal.ONE.divide(new BigDecimal(3), DIGITS)).multiply(TWO, DIGITS);

    private BigDecimal last = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;

    void add(BigDecimal price) {
        if (last.signum() != 0 && price.compareTo(last) != 0) {
            squares = squares.add(logarithm(price.max(last), price.min(last)).pow(2, DIGITS), DIGITS);
        }
        last = price;
    }

    BigDecimal figure() {
        return squares.sqrt(DIGITS);
    }

    /** Of {@code high / low}, brought below 2 first: the nearer to 1, the shorter the series. */
    private static BigDecimal logarithm(BigDecimal high, BigDecimal low) {
        BigDecimal base = low;
        int doublings = 0;
        while (base.multiply(TWO).compareTo(high) <= 0) {
            base = base.multiply(TWO);
            doublings++;
        }
        BigDecimal rest =
                artanh(high.subtract(base).divide(high.add(base), DIGITS)).multiply(TWO, DIGITS);
        return LN_2.multiply(BigDecimal.valueOf(doublings)).add(rest, DIGITS);
    }

    private static BigDecimal artanh(BigDecimal argument) {
        BigDecimal square = argument.multiply(argument, DIGITS);
        BigDecimal power = argument;
        BigDecimal sum = argument;
        for (long exponent = 3; ; exponent += 2) {
            power = power.multiply(square, DIGITS);
            BigDecimal next = sum.add(power.divide(BigDecimal.valueOf(exponent), DIGITS), DIGITS);
            if (next.compareTo(sum) == 0) {
                return sum;
            }
            sum = next;
        }
    }
}
