package io.tickhub.aggregator.summary;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the summary table into the log at an interval, when something has changed since the last time, and once more at the end.
 * It owns its thread.
 */
public final class SummaryLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SummaryLog.class);

    private final SymbolBoard board;
    private final ScheduledExecutorService executor;
    private long shown;

    /** @param name of its thread */
    public SummaryLog(SymbolBoard board, String name) {
        this.board = board;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    }

    public void start(Duration interval) {
        var unused = executor.scheduleWithFixedDelay(
                this::showChanges, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the thread and writes the last table. */
    @Override
    public void close() {
        executor.shutdownNow();
        show("Final statistics");
    }

    private void showChanges() {
        if (board.version() != shown) {
            show("Statistics");
        }
    }

    private synchronized void show(String title) {
        shown = board.version();
        if (board.size() > 0) {
            LOG.info("{} of {} symbols:{}", title, board.size(), SummaryTable.of(board.all()));
        }
    }
}
