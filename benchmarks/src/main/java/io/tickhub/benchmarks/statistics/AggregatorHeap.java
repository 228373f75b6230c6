package io.tickhub.benchmarks.statistics;

import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.PriceStats;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** 5,000 symbols with bars of all intervals in one aggregator with a heap of 512 MB: whether it lives, counts all, and what it needs. */
public final class AggregatorHeap {

    private static final int HEAP_MEGABYTES = 512;
    private static final String AGGREGATOR = "aggregator-1";
    private static final int TICKS_PER_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private AggregatorHeap() {}

    /** Takes some minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        int symbols = trial.effort().choose(5_000, 100);
        Duration measured = trial.effort().choose(Duration.ofSeconds(90), Duration.ofSeconds(2));
        trial.tell("making %,d symbols".formatted(symbols));
        try (Stage stage = Stage.empty(symbols, HEAP_MEGABYTES, trial.logs())) {
            HeapMeter heap = stage.own(new HeapMeter());
            stage.crew().start(AGGREGATOR, heap.with(Map.of()));
            Ticker ticker = stage.own(new Ticker(stage.kafka()));
            ticker.find(stage.symbols());
            trial.tell("%,d ticks a second for %d s".formatted(TICKS_PER_SECOND, measured.toSeconds()));
            Duration used = stage.crew().processorTime(AGGREGATOR);
            ticker.begin(stage.symbols(), TICKS_PER_SECOND);
            DoubleSummaryStatistics seen = heap.watch(measured);
            ticker.end();
            used = stage.crew().processorTime(AGGREGATOR).minus(used);
            int ticks = ticker.appended().size();
            long endNanos = System.nanoTime();
            Await.until("all %,d ticks are counted".formatted(ticks), PATIENCE, () -> counted(stage) == ticks);
            double countedAfter = (System.nanoTime() - endNanos) / 1e9;
            Report report = Report.of("%,d SYMBOLS, -Xmx%dm".formatted(symbols, HEAP_MEGABYTES), "");
            report = with(report, "ticks, all counted", "%,.0f", "ticks", ticks);
            report = with(report, "heap used at least, after a collection", "%.0f", "MB", seen.getMin());
            report = with(report, "heap used at most", "%.0f", "MB", seen.getMax());
            report = with(report, "processor time used", "%.2f", "cores", used.toMillis() / 1e3 / measured.toSeconds());
            report = with(report, "the last was counted after", "%.1f", "s", countedAfter);
            for (String death : stage.crew().deaths()) {
                report = report.withFailure(death);
            }
            return report;
        }
    }

    private static Report with(Report report, String name, String format, String unit, double value) {
        return report.withRow(List.of(name, String.format(Locale.ROOT, format, value) + " " + unit))
                .withSeries(new Series(name, unit, List.of(value)));
    }

    private static long counted(Stage stage) {
        return stage.system().stats().values().stream()
                .mapToLong(PriceStats::count)
                .sum();
    }
}
