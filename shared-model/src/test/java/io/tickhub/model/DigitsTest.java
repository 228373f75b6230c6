package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigitsTest {

    /** Both halves are computed alike and apart from each other: so each value of each half is enough. */
    @Test
    void digitsAreThoseOfTheNumber() {
        for (int half = 0; half < 10_000; half++) {
            assertThat(text(half, 8)).isEqualTo("%08d".formatted(half));
            assertThat(text(half * 10_000 + 9_999, 8)).isEqualTo("%04d9999".formatted(half));
        }
    }

    @Test
    void asManyAreWrittenAsAreWanted() {
        for (int count = 0; count <= Digits.MOST; count++) {
            int number = 87_654_321 % (int) Decimals.powerOfTen(count);
            assertThat(text(number, count)).isEqualTo("87654321".substring(Digits.MOST - count));
        }
    }

    private static String text(int number, int count) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Digits.of(number, count))
                .array();
        return new String(bytes, 0, count, StandardCharsets.US_ASCII);
    }
}
