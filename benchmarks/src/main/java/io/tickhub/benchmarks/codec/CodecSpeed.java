package io.tickhub.benchmarks.codec;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How fast ticks are read and written, measured by JMH, with Jackson's databind on a record as the baseline. For one thread. */
public final class CodecSpeed {

    private static final double PROMISED = 4;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Trial trial;
    private final Map<String, Double> bytesByRun = new TreeMap<>();

    private CodecSpeed(Trial trial) {
        this.trial = trial;
    }

    /** Takes two minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        CodecSpeed speed = new CodecSpeed(trial);
        List<Series> series = Rounds.alternate(
                trial,
                "ticks/ms",
                List.of(
                        speed.contender("databindDecode"),
                        speed.contender("decode"),
                        speed.contender("databindEncode"),
                        speed.contender("encode")));
        Series databindDecode = series.get(0);
        Series decode = series.get(1);
        Series databindEncode = series.get(2);
        Series encode = series.get(3);
        Report report = Report.of("ONE THREAD", "ROUNDS", "MEDIAN TICKS/MS", "LEAST", "MOST", "RATIO")
                .withRow(databindDecode.row(databindDecode))
                .withRow(decode.row(databindDecode))
                .withRow(databindEncode.row(databindEncode))
                .withRow(encode.row(databindEncode))
                .withGoal(Goal.atLeast(PROMISED, "decode, compared with databind", decode.ratioTo(databindDecode)))
                .withGoal(Goal.atLeast(PROMISED, "encode, compared with databind", encode.ratioTo(databindEncode)));
        for (Series each : series) {
            report = report.withSeries(each)
                    .withRemark("%s allocates %.0f bytes for a tick"
                            .formatted(each.name(), speed.bytesByRun.get(each.name())));
        }
        return new CodecRuns().areAlike() ? report : report.withFailure("the two sides do not read and write the same");
    }

    private Contender contender(String name) {
        return new Contender(name, () -> run(name));
    }

    /** Ticks a millisecond, in a JVM of its own. */
    private double run(String name) {
        try {
            RunResult result = new Runner(options(name).build()).runSingle();
            bytesByRun.put(name, result.getSecondaryResults().get(ALLOCATED).getScore());
            return result.getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not measure " + name, e);
        }
    }

    private ChainedOptionsBuilder options(String name) {
        TimeValue time = trial.effort().choose(TimeValue.seconds(1), TimeValue.milliseconds(200));
        return new OptionsBuilder()
                .include(CodecRuns.class.getName() + "." + name + "$")
                .forks(trial.effort().choose(1, 0))
                .warmupIterations(trial.effort().choose(3, 1))
                .warmupTime(time)
                .measurementIterations(trial.effort().choose(2, 1))
                .measurementTime(time)
                .timeUnit(TimeUnit.MILLISECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }
}
