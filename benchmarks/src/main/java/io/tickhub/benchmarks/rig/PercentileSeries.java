package io.tickhub.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Both percentiles of the same times, measured several times. Immutable.
 *
 * @param p50 one value of each round
 * @param p99 one value of each round
 */
public record PercentileSeries(Series p50, Series p99) {

    private static final String UNIT = "ms";

    /**
     * One of those that are compared. Immutable.
     *
     * @param name as the report calls it
     * @param run measures it once
     */
    public record Timed(String name, Run run) {}

    /** Measures once. */
    @FunctionalInterface
    public interface Run {
        Percentiles measure() throws InterruptedException;
    }

    /** Measures in turns, as {@link Rounds} does, which also says how often. */
    public static List<PercentileSeries> alternate(Trial trial, List<Timed> all) throws InterruptedException {
        List<List<Double>> p99 = all.stream()
                .map(timed -> (List<Double>) new ArrayList<Double>())
                .toList();
        List<Contender> contenders = IntStream.range(0, all.size())
                .mapToObj(number -> new Contender(all.get(number).name(), () -> {
                    Percentiles measured = all.get(number).run().measure();
                    p99.get(number).add(measured.p99());
                    return measured.p50();
                }))
                .toList();
        List<Series> p50 = Rounds.alternate(trial, UNIT, contenders);
        return IntStream.range(0, all.size())
                .mapToObj(number -> new PercentileSeries(
                        renamed(p50.get(number), "p50"),
                        // Without the round to warm up.
                        new Series(
                                p50.get(number).name() + ", p99",
                                UNIT,
                                p99.get(number).subList(1, p99.get(number).size()))))
                .toList();
    }

    /** A row of each percentile of each, with its ratio to the first one's. */
    public static Report compare(String title, List<PercentileSeries> all) {
        Report report =
                Report.comparing(title, all.stream().map(PercentileSeries::p50).toList());
        for (PercentileSeries each : all) {
            report = report.withRow(each.p99.row(all.getFirst().p99)).withSeries(each.p99);
        }
        return report;
    }

    private static Series renamed(Series series, String percentile) {
        return new Series(series.name() + ", " + percentile, series.unit(), series.values());
    }
}
