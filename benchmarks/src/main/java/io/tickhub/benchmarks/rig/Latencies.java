package io.tickhub.benchmarks.rig;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Times that were measured, in milliseconds. Immutable. */
public final class Latencies {

    private static final String UNIT = "ms";

    private final double[] sortedMillis;

    private Latencies(double[] sortedMillis) {
        this.sortedMillis = sortedMillis;
    }

    public static Latencies of(Collection<? extends Number> millis) {
        return new Latencies(
                millis.stream().mapToDouble(Number::doubleValue).sorted().toArray());
    }

    /** How many there are. */
    public int count() {
        return sortedMillis.length;
    }

    public double median() {
        return percentile(0.50);
    }

    public double p99() {
        return percentile(0.99);
    }

    public double max() {
        return percentile(1);
    }

    public Percentiles percentiles() {
        return new Percentiles(median(), p99());
    }

    /** These and others. */
    public Latencies and(Latencies others) {
        return new Latencies(DoubleStream.concat(Arrays.stream(sortedMillis), Arrays.stream(others.sortedMillis))
                .sorted()
                .toArray());
    }

    /** The figures of {@link #row}, for machines: three series of one value each. */
    public List<Series> series(String name) {
        return List.of(
                new Series(name + ", p50", UNIT, List.of(median())),
                new Series(name + ", p99", UNIT, List.of(p99())),
                new Series(name + ", max", UNIT, List.of(max())));
    }

    /** A row of a report: name, count, median, 99th percentile, maximum, and how many times that of a baseline p99 is. */
    public List<String> row(String name, Latencies baseline) {
        return List.of(
                name,
                Integer.toString(sortedMillis.length),
                millis(median()),
                millis(p99()),
                millis(max()),
                String.format(Locale.ROOT, "%.1f", p99To(baseline)));
    }

    /** How many times the 99th percentile of a baseline theirs is; one below 1 ms counts as 1 ms. */
    public double p99To(Latencies baseline) {
        return p99() / Math.max(baseline.p99(), 1);
    }

    /** The least time that so large a part of all does not exceed; 0 if nothing was measured. */
    private double percentile(double part) {
        int rank = (int) Math.ceil(part * sortedMillis.length);
        return sortedMillis.length == 0 ? 0 : sortedMillis[Math.max(0, rank - 1)];
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }
}
