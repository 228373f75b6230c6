package io.tickhub.cli;

import io.tickhub.cli.TopBoard.Row;
import io.tickhub.cli.TopBoard.Sort;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of {@code top}: none is wider than 80 columns. Immutable. */
final class TopTable {

    static final int WIDTH = 80;

    private static final String COLUMNS = "%-14s %14s %11s %8s %13s %8s %6s";
    private static final String UP = "\u001b[32m";
    private static final String DOWN = "\u001b[31m";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    /** Whether lines are coloured. */
    enum Colour {
        SHOWN,
        LEFT_OUT
    }

    private final Colour colour;

    TopTable(Colour colour) {
        this.colour = colour;
    }

    /** The whole picture, for so many lines. */
    List<String> lines(List<Row> rows, Sort sort, String state, int most) {
        List<String> lines = new ArrayList<>();
        lines.add(painted(
                BOLD,
                cut(
                        "tickhub top: " + rows.size() + " symbols, by "
                                + sort.name().toLowerCase(Locale.ROOT) + (state.isEmpty() ? "" : "; " + state),
                        WIDTH)));
        lines.add(painted(DIM, heading()));
        int room = Math.max(0, most - 3);
        rows.stream().limit(room).map(this::line).forEach(lines::add);
        String left = rows.size() > room ? "; " + (rows.size() - room) + " more do not fit" : "";
        lines.add(painted(DIM, cut("sort: s symbol, l last, c change, v volume, r rate; q quits" + left, WIDTH)));
        return List.copyOf(lines);
    }

    private static String heading() {
        return COLUMNS.formatted("SYMBOL", "LAST", "CHANGE", "%", "VWAP", "VOLUME", "TICK/S");
    }

    private String line(Row row) {
        int direction = row.change().signum();
        String text = COLUMNS.formatted(
                cut(Printable.line(row.symbol().name()), 14),
                fitting(row.last(), 14),
                (direction > 0 ? "+" : "") + fitting(row.change(), 10),
                percent(row.changePercent()),
                fitting(row.vwap().setScale(Math.max(2, row.last().scale()), RoundingMode.HALF_EVEN), 13),
                compact(row.volume()),
                row.isStale() ? "stale" : String.format(Locale.ROOT, "%.1f", row.ticksPerSecond()));
        return row.isStale() ? painted(DIM, text) : painted(direction > 0 ? UP : direction < 0 ? DOWN : "", text);
    }

    private String painted(String code, String text) {
        return colour == Colour.LEFT_OUT || code.isEmpty() ? text : code + text + PLAIN;
    }

    /** Exact where it fits, else with fewer decimals. */
    static String fitting(BigDecimal value, int width) {
        String text = value.toPlainString();
        for (int scale = value.scale() - 1; text.length() > width && scale >= 0; scale--) {
            text = value.setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
        }
        return text.length() > width ? String.format(Locale.ROOT, "%.3e", value) : text;
    }

    static String compact(BigDecimal value) {
        double number = value.doubleValue();
        if (number < 10_000) {
            return fitting(value, 8);
        }
        String units = "KMBTP";
        int unit = -1;
        while (number >= 999.995 && unit < units.length() - 1) {
            number /= 1_000;
            unit++;
        }
        return number >= 999.995
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%.2f%s", number, units.charAt(unit));
    }

    private static String percent(double value) {
        String text = String.format(Locale.ROOT, "%+.2f", value);
        return text.length() <= 8 ? text : String.format(Locale.ROOT, "%+.0e", value);
    }

    private static String cut(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "~";
    }
}
