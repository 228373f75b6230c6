package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandleChartTest {

    private static final BarInterval MINUTE = BarInterval.parse("1m");

    @Test
    void candlesReachFromLowToHigh() {
        List<String> lines = CandleChart.of(List.of(bar(0, "10", "25", "10", "20"), bar(1, "20", "20", "15", "15")));

        assertThat(lines).hasSize(18);
        assertThat(lines.getFirst()).isEqualTo("25.00 ┤│");
        assertThat(lines.get(4)).isEqualTo("21.00 ┤│");
        assertThat(lines.get(5)).isEqualTo("20.00 ┤█░");
        assertThat(lines.get(10)).isEqualTo("15.00 ┤█░");
        assertThat(lines.get(11)).isEqualTo("14.00 ┤█");
        assertThat(lines.get(15)).isEqualTo("10.00 ┤█");
        assertThat(lines.getLast()).contains("2026-11-20T14:30:00Z to 2026-11-20T14:32:00Z", "AAPL", "2 bars of 1m");
    }

    @Test
    void aPriceThatNeverMovedIsALine() {
        assertThat(CandleChart.of(List.of(bar(0, "7", "7", "7", "7"))).stream().filter(line -> line.endsWith("█")))
                .hasSize(1);
    }

    private static Bar bar(int minute, String open, String high, String low, String close) {
        Instant start = Instant.parse("2026-11-20T14:30:00Z").plusSeconds(60L * minute);
        return new Bar(
                new Symbol("AAPL"),
                "id",
                MINUTE,
                start,
                start.plusSeconds(60),
                Bar.State.FINAL,
                0,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                BigDecimal.ONE,
                null,
                BigDecimal.ONE,
                1,
                start,
                start,
                1);
    }
}
