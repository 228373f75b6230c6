package io.tickhub.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoversTest {

    @Test
    void aRangeIsWrittenAndReadBack() {
        assertThat(new Covers(5, 8)).hasToString("5-8");
        assertThat(Covers.parse("5-8")).isEqualTo(new Covers(5, 8));
        assertThat(Covers.parse("0-9223372036854775807")).isEqualTo(new Covers(0, Long.MAX_VALUE));
        assertThat(Covers.parse("3-3")).isEqualTo(new Covers(3, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99_999_999, 100_000_000, 9_999_999_999_999_999L, Long.MAX_VALUE})
    void itsBytesAreItsText(long to) {
        assertThat(new Covers(to / 2, to).toBytes()).asString(ISO_8859_1).isEqualTo(to / 2 + "-" + to);
        assertThat(new Covers(to, to).toBytes()).asString(ISO_8859_1).isEqualTo(to + "-" + to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "5", "5-", "-5", "8-5", "-1-5", "a-b", "1-2-3", "1--2", "1-9223372036854775808", "x1-2"
            })
    void whatIsNoRange(String text) {
        assertThatThrownBy(() -> Covers.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
