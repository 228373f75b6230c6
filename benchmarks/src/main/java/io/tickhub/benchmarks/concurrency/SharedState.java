package io.tickhub.benchmarks.concurrency;

import static io.tickhub.benchmarks.concurrency.Design.LOCKED;
import static io.tickhub.benchmarks.concurrency.Design.LOCK_FREE;
import static io.tickhub.benchmarks.concurrency.Design.OWNED;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Curve;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Channels against shared state, in this process: one worker and four, and ten producers that do it all themselves, by the work that each
 * tick takes. The baseline is one worker that owns its state, with the same work.
 */
final class SharedState {

    private static final List<Double> MICROS = List.of(0.0, 1.0, 10.0);
    private static final List<Double> QUICK_MICROS = List.of(0.0, 10.0);

    /** About what a quote takes where nothing is done with it, on one of the cores. */
    private static final double HANDING_OVER_MICROS = 0.1;

    private static final double MICROS_OF_EACH_PRODUCER = 60_000;

    private SharedState() {}

    static Report addTo(Report report, Trial trial) throws InterruptedException {
        Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
        Report longer = report;
        for (double micros : trial.effort().choose(MICROS, QUICK_MICROS)) {
            trial.tell(String.format(Locale.ROOT, "in this process, %.0f us of work for each tick", micros));
            List<Pipeline> pipelines = pipelines(CpuWork.ofMicros(micros));
            List<Series> series = measure(pipelines, trial);
            for (int i = 0; i < series.size(); i++) {
                longer = Rows.add(longer, series.get(i), series.getFirst());
                points.computeIfAbsent(pipelines.get(i).words(), unused -> new ArrayList<>())
                        .add(new Curve.Point(micros, series.get(i).median()));
            }
        }
        return longer.withCurve(new Curve(
                "Channels and shared state",
                "work for each tick, us",
                "ticks a second",
                points.entrySet().stream()
                        .map(line -> new Curve.Line(line.getKey(), line.getValue()))
                        .toList()));
    }

    private static List<Pipeline> pipelines(CpuWork work) {
        return List.of(
                new Pipeline(OWNED, 1, work),
                new Pipeline(LOCKED, 1, work),
                new Pipeline(LOCK_FREE, 1, work),
                new Pipeline(OWNED, 4, work),
                new Pipeline(LOCKED, 4, work),
                new Pipeline(LOCK_FREE, 4, work),
                new Pipeline(LOCKED, 0, work),
                new Pipeline(LOCK_FREE, 0, work));
    }

    private static List<Series> measure(List<Pipeline> pipelines, Trial trial) throws InterruptedException {
        return Rounds.alternate(
                trial,
                "ticks/s",
                pipelines.stream()
                        .map(pipeline -> new Contender(
                                name(pipeline), () -> pipeline.quotesPerSecond(quotesEach(pipeline.work(), trial))))
                        .toList());
    }

    private static String name(Pipeline pipeline) {
        return String.format(Locale.ROOT, "%.0f us: %s", pipeline.work().micros(), pipeline.words());
    }

    /** So many that a measurement takes 0.3 s or more. */
    private static int quotesEach(CpuWork work, Trial trial) {
        int quotes = (int) (MICROS_OF_EACH_PRODUCER / (HANDING_OVER_MICROS + work.micros()));
        return trial.effort().choose(quotes, quotes / 20);
    }
}
