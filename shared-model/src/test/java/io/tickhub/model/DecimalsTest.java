package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "105433.60, 105433.60",
        "0, 0",
        "-1.5, -1.5",
        "1.5E3, 1500",
        "1e17, 100000000000000000",
        "1E-18, 0.000000000000000001",
        "999999999999999999.999999999999999999, 999999999999999999.999999999999999999",
    })
    void aDecimalKeepsEachDigit(String text, String plain) {
        assertThat(Decimals.parse(text).toPlainString()).isEqualTo(plain);
        assertThat(Decimals.parse(text).scale()).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "NaN", "Infinity", "-Infinity", "1,5", "0x10", "1.2.3", "1e", "null", " 1", "1 ", "٣"})
    void whatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Decimals.parse(text)).hasMessage("is not a decimal number");
    }

    @Test
    @Timeout(2)
    void hugeNumbersAreRefusedWithoutBeingComputed() {
        assertThatThrownBy(() -> Decimals.parse("1e400")).hasMessageContaining("18 digits before the point");
        assertThatThrownBy(() -> Decimals.parse("1e2147483647")).hasMessageContaining("18 digits before the point");
        assertThatThrownBy(() -> Decimals.parse("1e18")).hasMessageContaining("18 digits before the point");
        assertThatThrownBy(() -> Decimals.parse("0e400")).hasMessageContaining("18 digits before the point");
        assertThatThrownBy(() -> Decimals.parse("1e-400")).hasMessageContaining("18 digits after the point");
        assertThatThrownBy(() -> Decimals.parse("1e-2147483647")).hasMessageContaining("18 digits after the point");
        assertThatThrownBy(() -> Decimals.parse("1e99999999999")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Decimals.parse("9".repeat(10_000))).hasMessageContaining("48 characters");
    }

    @Test
    void unitsAreTheUnscaledValueOrNone() {
        Random random = new Random(3);
        for (int i = 0; i < 500_000; i++) {
            BigDecimal value = new BigDecimal(
                    BigInteger.valueOf(random.nextLong(-5, 1L << random.nextInt(3, 63))), random.nextInt(-1, 20));
            long units = Decimals.units(value);
            boolean few = value.signum() >= 0 && value.precision() <= 15 && value.scale() >= 0 && value.scale() <= 18;
            assertThat(units)
                    .as(value::toString)
                    .isEqualTo(few ? value.unscaledValue().longValue() : Decimals.NO_UNITS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999_999_999L, 999_999_999_999_998L, 562_949_953_421_313L})
    void unitsAreExactAtEachScale(long units) {
        for (int scale = 0; scale <= Decimals.MAX_SCALE; scale++) {
            assertThat(Decimals.units(BigDecimal.valueOf(units, scale))).isEqualTo(units);
        }
    }

    @Test
    void theDigitsOfANumberAreCounted() {
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long number : new long[] {power - 1, power, power + 1, 5 * power}) {
                assertThat(Decimals.digits(number))
                        .as("%d", number)
                        .isEqualTo(Long.toString(number).length());
            }
        }
        assertThat(Decimals.digits(Long.MAX_VALUE)).isEqualTo(19);
    }
}
