package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RealizedVolatilityTest {

    private static final MathContext DIGITS = new MathContext(40);
    private static final double SMALL = 0x1p-6;
    private static final BigDecimal UNIT = BigDecimal.TWO.pow(-53, DIGITS);

    @Test
    void aLogarithmIsWithinItsBoundOfTheTrueOne() {
        Random random = new Random(7);
        BigDecimal worst = BigDecimal.ZERO;
        for (int i = 0; i < 20_000; i++) {
            double x = SMALL * Math.pow(10, -12 * random.nextDouble());
            worst = worst.max(error(x));
        }
        worst = worst.max(error(SMALL));

        assertThat(worst).isBetween(new BigDecimal("0.9"), new BigDecimal("4.1"));
    }

    /** Relative, in units of 2^-53. */
    private static BigDecimal error(double x) {
        BigDecimal exact = log1p(new BigDecimal(x));
        BigDecimal found = new BigDecimal(RealizedVolatility.log1p(x));
        return found.subtract(exact).abs().divide(exact, DIGITS).divide(UNIT, DIGITS);
    }

    /** x - x^2/2 + x^3/3 - ..., as far as 40 digits need it. */
    private static BigDecimal log1p(BigDecimal x) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = x;
        for (int n = 1; n <= 25; n++) {
            BigDecimal term = power.divide(BigDecimal.valueOf(n), DIGITS);
            sum = n % 2 == 1 ? sum.add(term, DIGITS) : sum.subtract(term, DIGITS);
            power = power.multiply(x, DIGITS);
        }
        return sum;
    }
}
