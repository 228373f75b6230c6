package io.tickhub.aggregator.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

    @Test
    void columnsLineUp() {
        String table = SummaryTable.of(List.of(
                stats("BTC-USD", 1_234_567, "105433.60", "104999.123456789012", "0.50"),
                stats("AAPL", 12, "187.25", "187.2", "300"),
                none("NEW")));

        assertThat(table.split("\n"))
                .containsExactly(
                        "",
                        "  symbol       count       last      average        min        max  volume  rejected",
                        "  AAPL            12     187.25        187.2     187.25     187.25     300         2",
                        "  BTC-USD  1,234,567  105433.60  104999.1235  105433.60  105433.60     0.5         2",
                        "  NEW              0          -            -          -          -       0         0");
    }

    @Test
    void ofManySymbolsThoseWithTheMostTicksAreShown() {
        List<PriceStats> all = IntStream.range(0, 1_500)
                .mapToObj(i -> stats("S" + i, i, "1", "1", "1"))
                .toList();

        String table = SummaryTable.of(all);
        assertThat(table.lines()).hasSize(1 + 1 + SummaryTable.MAX_ROWS + 1);
        assertThat(table)
                .contains("S1499 ", "S1480 ")
                .doesNotContain("S1479 ")
                .endsWith("and 1,480 more symbols with fewer ticks");
    }

    private static PriceStats stats(String symbol, long count, String price, String average, String volume) {
        BigDecimal last = new BigDecimal(price);
        Instant time = Instant.EPOCH;
        return new PriceStats(
                new Symbol(symbol),
                "id",
                count,
                last,
                last,
                new BigDecimal(average),
                last,
                last,
                new BigDecimal(volume),
                last,
                BigDecimal.ZERO,
                time,
                time,
                BigDecimal.ZERO,
                0,
                count + 2,
                2,
                0,
                0);
    }

    private static PriceStats none(String symbol) {
        return new PriceStats(
                new Symbol(symbol),
                "id",
                0,
                null,
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0);
    }
}
