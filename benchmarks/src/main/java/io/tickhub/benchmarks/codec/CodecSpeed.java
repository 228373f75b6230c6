package io.tickhub.benchmarks.codec;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import java.util.ArrayList;
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
    private final Map<String, Double> bytesByName = new TreeMap<>();

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
                        speed.contender("read by databind", "databindDecode"),
                        speed.contender("read by the codec", "decode"),
                        speed.contender("written by databind", "databindEncode"),
                        speed.contender("written by the codec", "encode")));
        Report report = Report.of("ONE THREAD", "ROUNDS", "MEDIAN TICKS/MS", "LEAST", "MOST", "RATIO", "BYTES A TICK");
        for (Series each : series) {
            report = report.withRow(speed.row(each, baseline(each, series))).withSeries(each);
        }
        report = report.withGoal(goal("reading, compared with databind", series.get(1), series.get(0)))
                .withGoal(goal("writing, compared with databind", series.get(3), series.get(2)));
        return new CodecRuns().areAlike() ? report : report.withFailure("the two do not read and write the same");
    }

    private static Series baseline(Series each, List<Series> series) {
        return series.get(series.indexOf(each) / 2 * 2);
    }

    private static Goal goal(String what, Series ours, Series baseline) {
        return Goal.atLeast(PROMISED, what, ours.ratioTo(baseline));
    }

    private List<String> row(Series series, Series baseline) {
        List<String> row = new ArrayList<>(series.row(baseline));
        row.add("%.0f".formatted(bytesByName.get(series.name())));
        return row;
    }

    private Contender contender(String name, String method) {
        return new Contender(name, () -> {
            RunResult result = run(method);
            bytesByName.put(name, result.getSecondaryResults().get(ALLOCATED).getScore());
            return result.getPrimaryResult().getScore();
        });
    }

    /** In a JVM of its own, if figures can be quoted. */
    private RunResult run(String method) {
        try {
            return new Runner(options(method).build()).runSingle();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not measure " + method, e);
        }
    }

    private ChainedOptionsBuilder options(String method) {
        TimeValue time = trial.effort().choose(TimeValue.seconds(1), TimeValue.milliseconds(200));
        return new OptionsBuilder()
                .include(CodecRuns.class.getName() + "." + method + "$")
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
