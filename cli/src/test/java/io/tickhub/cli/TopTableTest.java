package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.cli.TopBoard.Row;
import io.tickhub.cli.TopBoard.Sort;
import io.tickhub.client.MarketEvent;
import io.tickhub.model.Covers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopTableTest {

    private final TopBoard board = new TopBoard();
    private final TopTable table = new TopTable(TopTable.Colour.LEFT_OUT);

    @Test
    void noLineIsWiderThanEightyColumns() {
        board.take(
                List.of(
                        stats("AAPL", "187.24", "190.10", "1234567", 10),
                        stats("A-VERY-LONG-NAME-OF-A-SYMBOL", "0.000000012345", "123456789012345.123456789", "9e30", 1),
                        stats("BTC-USD", "105425.32", "105365.10", "9.561", 7)),
                0);

        List<String> lines = table.lines(board.rows(Sort.SYMBOL), Sort.SYMBOL, "x".repeat(200), 40);

        assertThat(lines).hasSize(6).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TopTable.WIDTH));
        assertThat(lines.get(3)).contains("AAPL", "190.10", "+2.86", "+1.53", "1.23M");
        assertThat(lines.get(4)).contains("105365.10", "-60.22", "9.561");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        board.take(
                List.of(stats("A", "1", "1", "1", 1), stats("B", "1", "1", "1", 1), stats("C", "1", "1", "1", 1)), 0);

        List<String> lines = table.lines(board.rows(Sort.SYMBOL), Sort.SYMBOL, "", 5);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(4)).contains("1 more do not fit");
    }

    @Test
    void theNewestPriceWinsAndTheRateIsOfCounts() {
        board.take(List.of(stats("A", "10", "10", "1", 100)), 0);
        board.take(List.of(stats("A", "10", "11", "1", 150)), 2_000_000_000L);
        board.take(new MarketEvent.FeedTick(
                new Symbol("A"), 151, new BigDecimal("12"), BigDecimal.ONE, Instant.EPOCH, new Covers(151, 152)));

        Row row = board.rows(Sort.SYMBOL).get(0);

        assertThat(row.last()).isEqualByComparingTo("12");
        assertThat(row.change()).isEqualByComparingTo("2");
        assertThat(row.changePercent()).isEqualTo(20);
        assertThat(row.ticksPerSecond()).isEqualTo(25);
    }

    @Test
    void whereTicksMayHaveBeenMissedThePriceIsThatOfTheStatistics() {
        board.take(new MarketEvent.FeedTick(
                new Symbol("A"), 151, new BigDecimal("12"), BigDecimal.ONE, Instant.EPOCH, new Covers(151, 152)));
        board.forgetPrices();
        board.take(List.of(stats("A", "10", "13", "1", 200)), 0);

        assertThat(board.rows(Sort.SYMBOL).get(0).last()).isEqualByComparingTo("13");
    }

    @Test
    void rowsAreSortedAsTheKeySays() {
        board.take(
                List.of(stats("A", "10", "11", "5", 1), stats("B", "10", "15", "1", 1), stats("C", "10", "9", "9", 1)),
                0);

        assertThat(names(Sort.of('s').orElseThrow())).containsExactly("A", "B", "C");
        assertThat(names(Sort.of('c').orElseThrow())).containsExactly("B", "A", "C");
        assertThat(names(Sort.of('v').orElseThrow())).containsExactly("C", "A", "B");
        assertThat(Sort.of('x')).isEmpty();
    }

    private List<String> names(Sort sort) {
        return board.rows(sort).stream().map(row -> row.symbol().name()).toList();
    }

    private static PriceStats stats(String symbol, String open, String last, String volume, long count) {
        return new PriceStats(
                new Symbol(symbol),
                "topic",
                count,
                new BigDecimal(open),
                new BigDecimal(last),
                new BigDecimal(last),
                new BigDecimal(open),
                new BigDecimal(last),
                new BigDecimal(volume),
                new BigDecimal(last),
                BigDecimal.ZERO,
                Instant.EPOCH,
                Instant.EPOCH,
                BigDecimal.ZERO,
                0,
                count,
                0,
                0,
                0);
    }
}
