package io.tickhub.benchmarks.soak;

import io.tickhub.benchmarks.rig.Curve;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Half an hour at half of the highest rate that the system bears: whether heaps and latency stay where they are. At the end of each minute
 * a hub and the aggregator are made to collect all garbage; what comes late because of that is not counted. For one thread.
 */
public final class Soak {

    private static final int SYMBOLS = 20;
    private static final int HEAP_MEGABYTES = 256;
    private static final double MOST_GROWTH_OF_HEAP = 1.2;
    private static final double MOST_GROWTH_OF_P99 = 1.5;

    private final Trial trial;
    private final Market market;
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> p99s = new ArrayList<>();
    private final List<Double> hubHeaps = new ArrayList<>();
    private final List<Double> aggregatorHeaps = new ArrayList<>();
    private long ticks;

    private Soak(Trial trial, Market market) {
        this.trial = trial;
        this.market = market;
    }

    /** Takes 35 minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        try (Stage stage = Stage.empty(SYMBOLS, HEAP_MEGABYTES, trial.logs())) {
            return new Soak(trial, Market.open(stage)).measure();
        }
    }

    private Report measure() throws InterruptedException {
        int maximum = Maximum.find(trial, market);
        int minutes = trial.effort().choose(30, 3);
        trial.tell("%,d ticks a second for %d minutes".formatted(maximum / 2, minutes));
        market.begin(maximum / 2);
        for (int minute = 0; minute < minutes; minute++) {
            minute();
        }
        market.end();
        return report(maximum);
    }

    private void minute() throws InterruptedException {
        Duration settle = trial.effort().choose(Duration.ofSeconds(3), Duration.ofSeconds(1));
        Thread.sleep(settle);
        Latencies ages = market.ages(trial.effort().choose(Duration.ofSeconds(57), Duration.ofSeconds(5)));
        ticks += ages.count();
        medians.add(ages.median());
        p99s.add(ages.p99());
        hubHeaps.add(market.hubHeap());
        aggregatorHeaps.add(market.aggregatorHeap());
    }

    private Report report(int maximum) {
        Minutes median = minutes("tick to the client, p50", "ms", medians);
        Minutes p99 = minutes("tick to the client, p99", "ms", p99s);
        Minutes hub = minutes("heap of a hub, alive", "MB", hubHeaps);
        Minutes aggregator = minutes("heap of the aggregator, alive", "MB", aggregatorHeaps);
        Report report = Report.of("MEDIAN OF THE MINUTES", "FIRST THIRD", "SECOND", "LAST", "LAST / SECOND")
                .withCurve(curve("Latency", "ms", median, p99))
                .withCurve(curve("Heap", "MB alive", hub, aggregator))
                .withRemark(
                        "%,d ticks a second, half of the highest rate that was borne, or of the lowest tried; %,d were looked at, in %d minutes"
                                .formatted(maximum / 2, ticks, medians.size()))
                .withGoal(Goal.atMost(MOST_GROWTH_OF_HEAP, "heap of a hub, last third to second", hub.growth()))
                .withGoal(Goal.atMost(
                        MOST_GROWTH_OF_HEAP, "heap of the aggregator, last third to second", aggregator.growth()))
                .withGoal(Goal.atMost(MOST_GROWTH_OF_P99, "p99, last third to second", p99.growth()));
        for (Minutes each : List.of(median, p99, hub, aggregator)) {
            report = report.withRow(row(each)).withSeries(each.series());
        }
        if (market.missing() > 0) {
            report = report.withFailure("%d offsets are missing".formatted(market.missing()));
        }
        for (String death : market.deaths()) {
            report = report.withFailure(death);
        }
        return report;
    }

    private static Minutes minutes(String name, String unit, List<Double> values) {
        return new Minutes(new Series(name, unit, values));
    }

    private static List<String> row(Minutes minutes) {
        List<String> cells = new ArrayList<>(List.of(minutes.series().name()));
        minutes.thirds()
                .forEach(value ->
                        cells.add("%.0f %s".formatted(value, minutes.series().unit())));
        cells.add("%.2f".formatted(minutes.growth()));
        return cells;
    }

    private static Curve curve(String title, String yLabel, Minutes... lines) {
        return new Curve(
                title,
                "minutes",
                yLabel,
                Stream.of(lines)
                        .map(line -> new Curve.Line(line.series().name(), line.map(Curve.Point::new)))
                        .toList());
    }
}
