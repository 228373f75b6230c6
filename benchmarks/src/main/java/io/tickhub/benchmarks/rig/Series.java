package io.tickhub.benchmarks.rig;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The same thing measured several times. Immutable.
 *
 * @param name what was measured
 * @param unit of the values, such as {@code ticks/s}
 * @param values one of each round, in order; one at least
 */
public record Series(String name, String unit, List<Double> values) {

    /** @throws IllegalArgumentException if there is no value */
    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " was never measured");
        }
    }

    /** Of an even number the greater of the two in the middle. */
    public double median() {
        return median(values);
    }

    public double least() {
        return values.stream().min(Double::compare).orElseThrow();
    }

    public double most() {
        return values.stream().max(Double::compare).orElseThrow();
    }

    /**
     * The median of the ratios of values of the same round, so that a machine that is busy for a while slows both sides of a ratio.
     *
     * @throws IllegalArgumentException if the other was measured more or fewer times
     */
    public double ratioTo(Series baseline) {
        return median(ratiosTo(baseline));
    }

    /**
     * The ratios of values of the same round, in order.
     *
     * @throws IllegalArgumentException if the other was measured more or fewer times
     */
    public List<Double> ratiosTo(Series baseline) {
        if (baseline.values.size() != values.size()) {
            throw new IllegalArgumentException("%s was measured %d times, %s %d times"
                    .formatted(name, values.size(), baseline.name, baseline.values.size()));
        }
        return IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / baseline.values.get(round))
                .toList();
    }

    /** A row of a report: name, rounds, median, least, most, and the ratio to a baseline. */
    public List<String> row(Series baseline) {
        return List.of(
                name,
                Integer.toString(values.size()),
                text(median()),
                text(least()),
                text(most()),
                String.format(Locale.ROOT, "%.2f", ratioTo(baseline)));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
