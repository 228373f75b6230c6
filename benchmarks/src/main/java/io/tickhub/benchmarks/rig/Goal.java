package io.tickhub.benchmarks.rig;

import java.util.Locale;

/**
 * A promise of speed, and what was measured. Immutable.
 *
 * @param what a ratio or a figure with its unit, in words
 * @param measured in the same unit as the limit
 * @param bound which side of the limit is good
 * @param limit the limit itself is good
 */
public record Goal(String what, double measured, Bound bound, double limit) {

    /** Which side of a limit is good. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    public static Goal atLeast(double limit, String what, double measured) {
        return new Goal(what, measured, Bound.AT_LEAST, limit);
    }

    public static Goal atMost(double limit, String what, double measured) {
        return new Goal(what, measured, Bound.AT_MOST, limit);
    }

    public boolean isKept() {
        return bound == Bound.AT_LEAST ? measured >= limit : measured <= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %s: %.2f; promised %s %.2f",
                isKept() ? "KEPT" : "NOT KEPT",
                what,
                measured,
                bound == Bound.AT_LEAST ? "at least" : "at most",
                limit);
    }
}
