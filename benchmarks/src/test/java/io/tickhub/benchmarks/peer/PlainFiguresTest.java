package io.tickhub.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainFiguresTest {

    private static final PlainFigures THREE = PlainFigures.NONE
            .with(new BigDecimal("10.25"))
            .with(new BigDecimal("9.5"))
            .with(new BigDecimal("10"));

    @Test
    void countsEveryPrice() {
        assertThat(THREE)
                .isEqualTo(new PlainFigures(
                        3,
                        new BigDecimal("9.5"),
                        new BigDecimal("10.25"),
                        new BigDecimal("29.75"),
                        new BigDecimal("10")));
    }

    @Test
    void isTheSameWhenItComesFromTheStore() {
        assertThat(PlainFigures.of(THREE.toBytes())).isEqualTo(THREE);
        assertThat(PlainFigures.of(PlainFigures.NONE.toBytes())).isEqualTo(PlainFigures.NONE);
    }

    @Test
    void readsTheTicksThatTickhubWrites() {
        byte[] json =
                """
                {"symbol":"AAPL","price":"187.25","volume":"300","timestamp":"2026-11-20T14:30:00.123456Z","source":"sim-1","id":"981"}"""
                        .getBytes(StandardCharsets.UTF_8);

        PlainTick tick = PlainTick.serde().deserializer().deserialize("ticks.AAPL", json);

        assertThat(tick.price()).isEqualTo(new BigDecimal("187.25"));
        assertThat(tick.volume()).isEqualTo(new BigDecimal("300"));
    }
}
