package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one table of all three parts. No state. */
final class Rows {

    private static final String NOT_MEASURED = "";

    private Rows() {}

    static Report empty() {
        return Report.of("", "ROUNDS", "MEDIAN TICKS/S", "LEAST", "MOST", "RATIO", "P50 MS", "P99 MS");
    }

    static Report add(Report report, Series rates, Series baseline) {
        return add(report, rates, baseline, NOT_MEASURED, NOT_MEASURED);
    }

    static Report add(Report report, Series rates, Series baseline, Latencies ages) {
        return add(report, rates, baseline, millis(ages.median()), millis(ages.p99()))
                .withSeries(ages.series(rates.name() + ", age of ticks"));
    }

    /** What was measured in all rounds but the first, which warms up. */
    static Latencies counted(List<Latencies> rounds) {
        return rounds.stream().skip(1).reduce(Latencies.of(List.of()), Latencies::and);
    }

    private static Report add(Report report, Series rates, Series baseline, String p50, String p99) {
        List<String> cells = new ArrayList<>(rates.row(baseline));
        cells.add(p50);
        cells.add(p99);
        return report.withRow(cells).withSeries(rates);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
