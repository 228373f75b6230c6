package io.tickhub.aggregator.summary;

import io.tickhub.model.PriceStats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statistics as a table for a person: one row for each symbol, in columns that line up, at most {@value #MAX_ROWS} rows. Averages
 * are shortened to two digits more than the last price has; everything else is shown as it is. Thread safe.
 */
public final class SummaryTable {

    /** The most symbols shown; of more, those with the most ticks. */
    public static final int MAX_ROWS = 20;

    private static final List<String> TITLES =
            List.of("symbol", "count", "last", "average", "min", "max", "volume", "rejected");

    private SummaryTable() {}

    /** The table, each line beginning with a line break. */
    public static String of(Collection<PriceStats> all) {
        List<PriceStats> shown = all.stream()
                .sorted(Comparator.comparingLong(PriceStats::count).reversed().thenComparing(PriceStats::symbol))
                .limit(MAX_ROWS)
                .sorted(Comparator.comparing(PriceStats::symbol))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        shown.forEach(stats -> rows.add(row(stats)));
        int[] widths = IntStream.range(0, TITLES.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        String table = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
        return all.size() == shown.size()
                ? table
                : table + "\n  and " + number(all.size() - shown.size()) + " more symbols with fewer ticks";
    }

    private static List<String> row(PriceStats stats) {
        String symbol = stats.symbol().name();
        if (stats.count() == 0) {
            return List.of(symbol, "0", "-", "-", "-", "-", "0", number(stats.rejected()));
        }
        int scale =
                Math.min(stats.avgPrice().scale(), Math.max(0, stats.lastPrice().scale()) + 2);
        return List.of(
                symbol,
                number(stats.count()),
                stats.lastPrice().toPlainString(),
                stats.avgPrice().setScale(scale, RoundingMode.HALF_EVEN).toPlainString(),
                stats.minPrice().toPlainString(),
                stats.maxPrice().toPlainString(),
                plain(stats.volume()),
                number(stats.rejected()));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("\n  ").append(row.getFirst());
        pad(line, widths[0] - row.getFirst().length());
        for (int column = 1; column < row.size(); column++) {
            pad(line, 2 + widths[column] - row.get(column).length());
            line.append(row.get(column));
        }
        return line.toString();
    }

    private static void pad(StringBuilder line, int spaces) {
        char[] blanks = new char[spaces];
        Arrays.fill(blanks, ' ');
        line.append(blanks);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
