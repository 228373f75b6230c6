package io.tickhub.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured, as a table. Immutable; the {@code with} methods give longer ones.
 *
 * @param headings of the columns; the first holds names, the others figures
 * @param rows as many cells as there are headings
 * @param remarks one sentence each, what else was seen
 * @param failures one sentence for each promise that was not kept
 */
public record Report(List<String> headings, List<List<String>> rows, List<String> remarks, List<String> failures) {

    public Report {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
        failures = List.copyOf(failures);
    }

    public static Report of(String... headings) {
        return new Report(List.of(headings), List.of(), List.of(), List.of());
    }

    /** @throws IllegalArgumentException if there are more or fewer cells than headings */
    public Report withRow(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(cells.size() + " cells below " + headings.size() + " headings");
        }
        return new Report(headings, append(rows, cells), remarks, failures);
    }

    public Report withRemark(String remark) {
        return new Report(headings, rows, append(remarks, remark), failures);
    }

    public Report withFailure(String failure) {
        return new Report(headings, rows, remarks, append(failures, failure));
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
