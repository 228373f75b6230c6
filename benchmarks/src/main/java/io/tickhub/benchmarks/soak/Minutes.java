package io.tickhub.benchmarks.soak;

import io.tickhub.benchmarks.rig.Series;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure of each minute of a long run, and whether it has stayed where it was. The first third belongs to compilers and caches and is
 * not compared. Immutable.
 *
 * @param series three minutes or more
 */
record Minutes(Series series) {

    private static final int THIRDS = 3;

    /** @throws IllegalArgumentException if there are fewer than three minutes */
    Minutes {
        if (series.values().size() < THIRDS) {
            throw new IllegalArgumentException("%s has only %d minutes"
                    .formatted(series.name(), series.values().size()));
        }
    }

    /** The medians of the three thirds, in order; what cannot be divided belongs to the first. */
    List<Double> thirds() {
        List<Double> values = series.values();
        int third = values.size() / THIRDS;
        int second = values.size() - 2 * third;
        return List.of(
                median(values.subList(0, second)),
                median(values.subList(second, second + third)),
                median(values.subList(second + third, values.size())));
    }

    /** How many times the second third's median the last one's is. */
    double growth() {
        List<Double> thirds = thirds();
        return thirds.get(2) / Math.max(1, thirds.get(1));
    }

    /** The figures and their minutes, counted from 1. */
    <T> List<T> map(Point<T> point) {
        return IntStream.range(0, series.values().size())
                .mapToObj(minute -> point.of(minute + 1, series.values().get(minute)))
                .toList();
    }

    /** Makes something of a minute and its figure. */
    @FunctionalInterface
    interface Point<T> {
        T of(double minute, double value);
    }

    private double median(List<Double> values) {
        return new Series(series.name(), series.unit(), values).median();
    }
}
