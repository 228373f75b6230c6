package io.tickhub.benchmarks.statistics;

import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.PriceStats;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
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
            Report report = Report.of("%,d SYMBOLS, -Xmx%dm".formatted(symbols, HEAP_MEGABYTES), "")
                    .withRow(List.of("ticks, all counted", "%,d".formatted(ticks)))
                    .withRow(List.of("heap used at least, after a collection", "%.0f MB".formatted(seen.getMin())))
                    .withRow(List.of("heap used at most", "%.0f MB".formatted(seen.getMax())))
                    .withRow(List.of("cores used", "%.2f".formatted(used.toMillis() / 1e3 / measured.toSeconds())))
                    .withRow(List.of(
                            "the last was counted after", "%.1f s".formatted((System.nanoTime() - endNanos) / 1e9)));
            for (String death : stage.crew().deaths()) {
                report = report.withFailure(death);
            }
            return report;
        }
    }

    private static long counted(Stage stage) {
        return stage.system().stats().values().stream()
                .mapToLong(PriceStats::count)
                .sum();
    }
}
