package io.tickhub.aggregator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RoundingTest {

    @Test
    void quotientsAreRoundedOnceTiesToEven() {
        assertThat(quotient("1", "3")).isEqualTo("0.333333333333");
        assertThat(quotient("2", "3")).isEqualTo("0.666666666667");
        assertThat(quotient("0.000000000001", "2")).isEqualTo("0");
        assertThat(quotient("0.000000000003", "2")).isEqualTo("0.000000000002");
        assertThat(quotient("0.000000000005", "2")).isEqualTo("0.000000000002");
        assertThat(quotient("300", "3")).isEqualTo("100");
    }

    @Test
    void knownDeviations() {
        assertThat(deviation("2", "4", "4", "4", "5", "5", "7", "9")).isEqualTo("2");
        assertThat(deviation("1", "2")).isEqualTo("0.5");
        assertThat(deviation("1", "2", "3")).isEqualTo("0.816496580928");
        assertThat(deviation("5", "5", "5")).isEqualTo("0");
    }

    @Test
    void aDeviationInTheMiddleOfTwoDecimalsGoesToTheEvenOne() {
        // Two values a distance d apart deviate by exactly d/2.
        assertThat(deviation("1", "1.000000000001")).isEqualTo("0");
        assertThat(deviation("1", "1.000000000003")).isEqualTo("0.000000000002");
        assertThat(deviation("1", "1.000000000005")).isEqualTo("0.000000000002");
        assertThat(deviation("1", "1.000000000007")).isEqualTo("0.000000000004");
        assertThat(deviation("1000000", "1000001.000000000001")).isEqualTo("0.5");
    }

    @Test
    void aDeviationJustBesideTheMiddleIsNotTakenForATie() {
        assertThat(deviation("1", "1.000000000001000001")).isEqualTo("0.000000000001");
        assertThat(deviation("1", "1.000000000000999999")).isEqualTo("0");
        assertThat(deviation("1", "1.000000000003000001")).isEqualTo("0.000000000002");
        assertThat(deviation("1", "1.000000000002999999")).isEqualTo("0.000000000001");
    }

    @Test
    void equalHugePricesDeviateByNothing() {
        String huge = "999999999999999999.999999999999999999";
        assertThat(deviation(huge, huge, huge)).isEqualTo("0");
    }

    private static String quotient(String dividend, String divisor) {
        return Rounding.quotient(new BigDecimal(dividend), new BigDecimal(divisor))
                .toPlainString();
    }

    private static String deviation(String... values) {
        BigDecimal sum = Arrays.stream(values).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares = Arrays.stream(values)
                .map(BigDecimal::new)
                .map(value -> value.multiply(value))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Rounding.standardDeviation(values.length, sum, squares).toPlainString();
    }
}
