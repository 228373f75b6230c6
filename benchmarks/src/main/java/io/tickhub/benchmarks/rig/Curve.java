package io.tickhub.benchmarks.rig;

import java.util.List;

/**
 * How figures depend on something that is varied. Immutable.
 *
 * @param title what is shown
 * @param xLabel what is varied, with its unit
 * @param yLabel what was measured, with its unit
 * @param lines one for each of those that are compared, one or more
 */
public record Curve(String title, String xLabel, String yLabel, List<Line> lines) {

    public Curve {
        lines = List.copyOf(lines);
    }

    /**
     * The figures of one of those that are compared.
     *
     * @param name as the legend says it
     * @param points by rising x, one or more
     */
    public record Line(String name, List<Point> points) {

        public Line {
            points = List.copyOf(points);
        }
    }

    /** One figure. */
    public record Point(double x, double y) {}
}
