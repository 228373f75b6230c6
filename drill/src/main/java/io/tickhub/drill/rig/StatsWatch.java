package io.tickhub.drill.rig;

import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.table.CompactedTable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notes when statistics arrive. Owns a thread. */
final class StatsWatch implements AutoCloseable {

    private static final int LOOK_MILLIS = 50;

    private final CompactedTable<PriceStats> stats;
    private final Freshness freshness;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stats-watch").factory());
    private long version = -1;

    StatsWatch(CompactedTable<PriceStats> stats, Freshness freshness) {
        this.stats = stats;
        this.freshness = freshness;
        var unused = looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    static String line(Symbol symbol) {
        return "statistics of " + symbol;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private void look() {
        long now = stats.version();
        if (now != version) {
            version = now;
            stats.values().stream()
                    .filter(figures -> figures.lastTimestamp() != null)
                    .forEach(figures -> freshness.arrived(line(figures.symbol()), figures.lastTimestamp()));
        }
    }
}
