package io.tickhub.benchmarks.rig;

/**
 * A span of time by this machine's clock. Immutable.
 *
 * @param fromMillis its beginning
 * @param toMillis its end, not in it
 */
public record Span(long fromMillis, long toMillis) {

    /** Until now. */
    public static Span since(long fromMillis) {
        return new Span(fromMillis, System.currentTimeMillis());
    }

    public boolean holds(long millis) {
        return millis >= fromMillis && millis < toMillis;
    }

    public double seconds() {
        return (toMillis - fromMillis) / 1e3;
    }
}
