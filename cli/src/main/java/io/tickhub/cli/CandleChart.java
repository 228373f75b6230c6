package io.tickhub.cli;

import io.tickhub.model.Bar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars drawn as candles in the cells of a terminal, one column for each: a line from low to high, and a body from open to close, a
 * full block where the price rose or stayed, a light one where it fell. No state.
 */
final class CandleChart {

    private static final int ROWS = 16;
    private static final char WICK = '│';
    private static final char RISING = '█';
    private static final char FALLING = '░';

    private final List<Bar> bars;
    private final BigDecimal lowest;
    private final BigDecimal range;

    private CandleChart(List<Bar> bars) {
        this.bars = bars;
        lowest = bars.stream().map(Bar::low).min(BigDecimal::compareTo).orElseThrow();
        BigDecimal highest =
                bars.stream().map(Bar::high).max(BigDecimal::compareTo).orElseThrow();
        range = highest.subtract(lowest);
    }

    /** The lines of the chart of at least one bar. */
    static List<String> of(List<Bar> bars) {
        return new CandleChart(bars).lines();
    }

    private List<String> lines() {
        List<String> labels = new ArrayList<>();
        for (int row = ROWS - 1; row >= 0; row--) {
            labels.add(label(row));
        }
        int width = labels.stream().mapToInt(String::length).max().orElseThrow();
        List<String> lines = new ArrayList<>();
        for (int row = ROWS - 1; row >= 0; row--) {
            String label = labels.get(ROWS - 1 - row);
            StringBuilder line = new StringBuilder(" ".repeat(width - label.length()))
                    .append(label)
                    .append(" ┤");
            for (Bar bar : bars) {
                line.append(cell(bar, row));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(" ".repeat(width) + " └" + "─".repeat(bars.size()));
        lines.add(" ".repeat(width + 2) + bars.getFirst().start() + " to "
                + bars.getLast().end() + ", " + bars.getFirst().symbol() + ", " + bars.size() + " bars of "
                + bars.getFirst().interval());
        return lines;
    }

    private char cell(Bar bar, int row) {
        int open = row(bar.open());
        int close = row(bar.close());
        if (row >= Math.min(open, close) && row <= Math.max(open, close)) {
            return bar.close().compareTo(bar.open()) < 0 ? FALLING : RISING;
        }
        return row >= row(bar.low()) && row <= row(bar.high()) ? WICK : ' ';
    }

    /** The lowest price lies in row 0, the highest in the last; equal prices in the middle. */
    private int row(BigDecimal price) {
        return range.signum() == 0
                ? ROWS / 2
                : price.subtract(lowest)
                        .multiply(BigDecimal.valueOf(ROWS - 1L))
                        .divide(range, 0, RoundingMode.HALF_EVEN)
                        .intValueExact();
    }

    private String label(int row) {
        int scale = Math.max(0, lowest.stripTrailingZeros().scale()) + 2;
        return lowest.add(range.multiply(BigDecimal.valueOf(row))
                        .divide(BigDecimal.valueOf(ROWS - 1L), scale, RoundingMode.HALF_EVEN))
                .setScale(scale, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
