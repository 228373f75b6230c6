package io.tickhub.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, as a table. Immutable; the {@code with} methods give longer ones.
 *
 * @param headings of the columns; the first holds names, the others figures
 * @param rows as many cells as there are headings
 * @param series the single values that were measured, for machines
 * @param curves how figures depend on what was varied
 * @param goals what is promised, kept or not
 * @param remarks one sentence each, what else was seen
 * @param failures one sentence for each thing that is missing or wrong, whatever the speed
 */
public record Report(
        List<String> headings,
        List<List<String>> rows,
        List<Series> series,
        List<Curve> curves,
        List<Goal> goals,
        List<String> remarks,
        List<String> failures) {

    public Report {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
        series = List.copyOf(series);
        curves = List.copyOf(curves);
        goals = List.copyOf(goals);
        remarks = List.copyOf(remarks);
        failures = List.copyOf(failures);
    }

    public static Report of(String... headings) {
        return new Report(List.of(headings), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** A row for each series with its ratio to the first. */
    public static Report comparing(String title, List<Series> series) {
        Report report = of(
                title,
                "ROUNDS",
                "MEDIAN " + series.getFirst().unit().toUpperCase(Locale.ROOT),
                "LEAST",
                "MOST",
                "RATIO");
        for (Series each : series) {
            report = report.withRow(each.row(series.getFirst())).withSeries(each);
        }
        return report;
    }

    /** @throws IllegalArgumentException if there are more or fewer cells than headings */
    public Report withRow(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(cells.size() + " cells below " + headings.size() + " headings");
        }
        return new Report(headings, append(rows, cells), series, curves, goals, remarks, failures);
    }

    /** Times that were measured once, as a row and as series. */
    public Report withTimes(String name, Latencies times, Latencies baseline) {
        return withRow(times.row(name, baseline)).withSeries(times.series(name.strip()));
    }

    public Report withSeries(Series more) {
        return withSeries(List.of(more));
    }

    public Report withSeries(List<Series> more) {
        List<Series> all = new ArrayList<>(series);
        all.addAll(more);
        return new Report(headings, rows, all, curves, goals, remarks, failures);
    }

    public Report withCurve(Curve curve) {
        return new Report(headings, rows, series, append(curves, curve), goals, remarks, failures);
    }

    public Report withGoal(Goal goal) {
        return new Report(headings, rows, series, curves, append(goals, goal), remarks, failures);
    }

    public Report withRemark(String remark) {
        return new Report(headings, rows, series, curves, goals, append(remarks, remark), failures);
    }

    public Report withFailure(String failure) {
        return new Report(headings, rows, series, curves, goals, remarks, append(failures, failure));
    }

    /** Whether nothing is missing or wrong, and, where figures can be quoted, every promise is kept. */
    public boolean isGood(Effort effort) {
        return failures.isEmpty() && (effort == Effort.QUICK || goals.stream().allMatch(Goal::isKept));
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
