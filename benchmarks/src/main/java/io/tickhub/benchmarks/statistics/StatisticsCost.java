package io.tickhub.benchmarks.statistics;

import io.tickhub.benchmarks.rig.Report;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What bars and statistics cost one thread: ticks a second of its CPU time from a record's bytes to what is published, and as the baseline from the same
 * bytes to count, minimum, maximum and sum. No broker; both take turns, so that a busy machine slows both.
 */
public final class StatisticsCost {

    private static final int WARM_UP = 3;
    private static final int TIMES = 15;
    private static final double PROMISED = 0.7;

    /** What others on the same machine take from a thread does not count as its own. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private StatisticsCost() {}

    /** Takes a minute. */
    public static Report measure(Path logs, Consumer<String> told) {
        TickRecords records = TickRecords.make();
        List<Double> baselines = new ArrayList<>();
        List<Double> full = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        told.accept("%d runs of each, in turns, of %,d ticks".formatted(TIMES, records.count()));
        for (int i = -WARM_UP; i < TIMES; i++) {
            double baseline = ticksPerSecond(records, () -> FourFigures.of(records));
            double all = ticksPerSecond(records, () -> AllFigures.of(records));
            if (i >= 0) {
                baselines.add(baseline);
                full.add(all);
                ratios.add(all / baseline);
            }
        }
        double ratio = median(ratios);
        Report report = Report.of(
                        "%d SYMBOLS, ONE THREAD".formatted(TickRecords.SYMBOLS),
                        "TIMES",
                        "MEDIAN TICKS/CPU S",
                        "LEAST",
                        "MOST",
                        "RATIO")
                .withRow(row("baseline: count, min, max, sum", baselines, 1))
                .withRow(row("all statistics and bars, published", full, ratio))
                .withRemark("the ratio is the median of the ratios of two runs that followed each other: %.2f to %.2f"
                        .formatted(
                                ratios.stream().sorted().findFirst().orElseThrow(),
                                ratios.stream().sorted().toList().getLast()));
        return ratio >= PROMISED
                ? report
                : report.withFailure(
                        "all statistics and bars have %.0f %% of the baseline's throughput; promised are %.0f %%"
                                .formatted(100 * ratio, 100 * PROMISED));
    }

    private static double ticksPerSecond(TickRecords records, Runnable run) {
        long began = CPU.getCurrentThreadCpuTime();
        run.run();
        return records.count() / ((CPU.getCurrentThreadCpuTime() - began) / 1e9);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static List<String> row(String name, List<Double> rates, double ratio) {
        List<Double> sorted = rates.stream().sorted().toList();
        return List.of(
                name,
                Integer.toString(rates.size()),
                "%,.0f".formatted(median(rates)),
                "%,.0f".formatted(sorted.getFirst()),
                "%,.0f".formatted(sorted.getLast()),
                "%.2f".formatted(ratio));
    }
}
