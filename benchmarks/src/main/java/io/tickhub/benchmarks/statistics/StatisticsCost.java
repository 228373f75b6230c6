package io.tickhub.benchmarks.statistics;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * What bars and statistics cost one thread: ticks a second of its CPU time from a record's bytes to what is published, and as the baseline from the same
 * bytes to count, minimum, maximum and sum. No broker; both take turns, so that a busy machine slows both.
 */
public final class StatisticsCost {

    private static final double PROMISED = 0.7;

    /** Runs of one measurement, so that those before the first that counts compile what is measured. */
    private static final int PASSES = 4;

    /** What others on the same machine take from a thread does not count as its own. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private StatisticsCost() {}

    /** Takes a minute. */
    public static Report measure(Trial trial) throws InterruptedException {
        TickRecords records = TickRecords.make();
        int rounds = trial.effort().choose(15, 1);
        List<Series> series = Rounds.alternate(
                trial,
                rounds,
                "ticks/CPU s",
                List.of(
                        new Contender(
                                "baseline: count, min, max, sum",
                                () -> ticksPerSecond(records, () -> FourFigures.of(records))),
                        new Contender(
                                "all statistics and bars, published",
                                () -> ticksPerSecond(records, () -> AllFigures.of(records)))));
        return Report.comparing("%d SYMBOLS, ONE THREAD".formatted(TickRecords.SYMBOLS), series)
                .withGoal(Goal.atLeast(
                        PROMISED,
                        "throughput with all statistics and bars, compared with the baseline",
                        series.getLast().ratioTo(series.getFirst())));
    }

    private static double ticksPerSecond(TickRecords records, Runnable run) {
        long began = CPU.getCurrentThreadCpuTime();
        for (int pass = 0; pass < PASSES; pass++) {
            run.run();
        }
        return PASSES * records.count() / ((CPU.getCurrentThreadCpuTime() - began) / 1e9);
    }
}
