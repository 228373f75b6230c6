package io.tickhub.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.ScreenTerminal;

/** What was to be seen in a {@link PseudoTerminal} at one moment. Immutable. */
final class Screen {

    static final int COLUMNS = 80;
    static final int LINES = 24;

    private final long[] cells;

    /**
     * Neighbours that look alike.
     *
     * @param line and {@code column}: of its first character, from 0
     * @param colour as three hex digits, empty for the usual one
     */
    record Run(int line, int column, String text, boolean isBold, boolean isDim, String colour) {}

    /** @param cells JLine's, line by line */
    Screen(long[] cells) {
        this.cells = cells.clone();
    }

    /** The lines, without the blanks behind them. */
    List<String> lines() {
        return IntStream.range(0, LINES)
                .mapToObj(line -> text(line * COLUMNS, (line + 1) * COLUMNS).stripTrailing())
                .toList();
    }

    /** All that is not blank. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            int end = (line + 1) * COLUMNS;
            for (int from = line * COLUMNS; from < end; ) {
                int to = from + 1;
                while (to < end && ScreenTerminal.cellAttr(cells[to]) == ScreenTerminal.cellAttr(cells[from])) {
                    to++;
                }
                if (!text(from, to).isBlank()) {
                    runs.add(run(from, to));
                }
                from = to;
            }
        }
        return runs;
    }

    private Run run(int from, int to) {
        long cell = cells[from];
        return new Run(
                from / COLUMNS,
                from % COLUMNS,
                text(from, to).stripTrailing(),
                ScreenTerminal.cellBold(cell),
                ScreenTerminal.cellDim(cell),
                ScreenTerminal.cellHasForeground(cell) ? "%03x".formatted(ScreenTerminal.cellForeground(cell)) : "");
    }

    private String text(int from, int to) {
        return Arrays.stream(cells, from, to)
                .mapToObj(cell -> Character.toString(ScreenTerminal.cellCodePoint(cell)))
                .collect(Collectors.joining());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Screen screen && Arrays.equals(cells, screen.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
