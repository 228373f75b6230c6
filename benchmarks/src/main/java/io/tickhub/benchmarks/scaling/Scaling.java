package io.tickhub.benchmarks.scaling;

import io.tickhub.benchmarks.rig.Curve;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What 10, 100, 1,000 and 5,000 symbols cost, at the same number of ticks a second in all, 2,000. One system after the other, so the ratios are
 * of different minutes. No state.
 */
public final class Scaling {

    private static final double MOST_COST = 1.5;
    private static final int MOST_MILLIS = 1_000;
    private static final int COMPARED = 1_000;

    private Scaling() {}

    /** Takes twenty minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        List<Seen> all = new ArrayList<>();
        for (int symbols : trial.effort().choose(List.of(10, 100, 1_000, 5_000), List.of(10, 100))) {
            all.add(SymbolCount.watch(trial, symbols));
        }
        return report(all);
    }

    private static Report report(List<Seen> all) {
        Seen first = all.getFirst();
        Report report = Report.of(
                "SYMBOLS", "CPU A TICK", "RATIO", "HEAP ALIVE", "JOIN", "NEW SYMBOL P50", "MAX", "COUNTED, MAX");
        for (Seen each : all) {
            report = report.withRow(each.row(first)).withSeries(each.series());
            for (String death : each.deaths()) {
                report = report.withFailure(death);
            }
        }
        Seen compared = all.stream()
                .filter(each -> each.symbols() == COMPARED)
                .findFirst()
                .orElse(all.getLast());
        double slowest = all.stream()
                .mapToDouble(
                        each -> Math.max(each.arrived().max(), each.counted().max()))
                .max()
                .orElseThrow();
        return report.withCurve(curve(all, "Cost of a tick", "processor time in us", each -> each.microsPerTick()
                        .median()))
                .withCurve(curve(all, "Heap of an aggregator", "MB alive", Seen::heapMegabytes))
                .withCurve(curve(all, "Join of a second aggregator", "ms until all are assigned", Seen::joinMillis))
                .withCurve(curve(all, "New symbol", "ms to its client, median", each -> each.arrived()
                        .median()))
                .withGoal(Goal.atMost(
                        MOST_COST,
                        "an aggregator's cost of a tick, %,d symbols to %,d"
                                .formatted(compared.symbols(), first.symbols()),
                        compared.microsPerTick().ratioTo(first.microsPerTick())))
                .withGoal(Goal.atMost(MOST_MILLIS, "the slowest new symbol in ms", slowest));
    }

    private static Curve curve(List<Seen> all, String title, String yLabel, ToDoubleFunction<Seen> figure) {
        return new Curve(
                title,
                "symbols",
                yLabel,
                List.of(new Curve.Line(
                        "measured",
                        all.stream()
                                .map(each -> new Curve.Point(each.symbols(), figure.applyAsDouble(each)))
                                .toList())));
    }
}
