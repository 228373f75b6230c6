package io.tickhub.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns: text to the left, numbers to the right. For one thread. */
final class Table {

    /** One column's heading and side. */
    private record Column(String heading, boolean isNumber) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    Table text(String... headings) {
        Arrays.stream(headings).forEach(heading -> columns.add(new Column(heading, false)));
        return this;
    }

    Table numbers(String... headings) {
        Arrays.stream(headings).forEach(heading -> columns.add(new Column(heading, true)));
        return this;
    }

    /** @throws IllegalArgumentException if there are more or fewer cells than columns */
    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        List<String> headings = columns.stream().map(Column::heading).toList();
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(headings.get(i).length(), Math::max);
        }
        out.println(line(headings, widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).isNumber() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
