package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.cluster.JvmOptions;
import java.util.List;

/**
 * How many ticks a second one worker of an aggregator takes in, by the collector, the heap and the compilers of its JVM: what the
 * settings of the containers are to be chosen by. The JVM's own choice, G1, is the baseline. No state.
 */
public final class AggregatorJvm {

    private static final int SYMBOLS = 10;
    private static final int TICKS = 10_000_000;
    private static final int FEW_TICKS = 100_000;
    private static final String SERIAL = "-XX:+UseSerialGC";

    private AggregatorJvm() {}

    /** Takes ten minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        Backlog backlog = Backlog.of(SYMBOLS, trial.effort().choose(TICKS, FEW_TICKS));
        try (Course course = Course.open(trial, backlog)) {
            AggregatorLap lap = new AggregatorLap(course, trial.logs());
            return Report.comparing(
                    "%,d TICKS".formatted(backlog.ticks()),
                    Rounds.alternate(
                            trial,
                            AggregatorLap.UNIT,
                            List.of(
                                    contender(lap, "baseline: G1, 512 MB", 512, "-XX:+UseG1GC"),
                                    contender(lap, "serial collector, 512 MB", 512, SERIAL),
                                    contender(lap, "serial, 512 MB, half for the young", 512, SERIAL, "-XX:NewRatio=1"),
                                    contender(lap, "serial collector, 256 MB", 256, SERIAL),
                                    contender(lap, "parallel, 512 MB", 512, "-XX:+UseParallelGC"),
                                    contender(
                                            lap,
                                            "serial, 512 MB, first compiler alone",
                                            512,
                                            SERIAL,
                                            "-XX:TieredStopAtLevel=1"))));
        }
    }

    private static Contender contender(AggregatorLap lap, String name, int heapMegabytes, String... options) {
        JvmOptions jvm = new JvmOptions(heapMegabytes, List.of(options));
        return new Contender(name, () -> lap.run(jvm));
    }
}
