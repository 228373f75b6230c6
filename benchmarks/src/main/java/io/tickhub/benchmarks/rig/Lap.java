package io.tickhub.benchmarks.rig;

/**
 * How fast a total grew from the first fifth of its way to the end: what comes before is the start of a process, which joins a group,
 * opens its partitions and is not compiled yet. If the total jumped from before the fifth to the end, the time runs from the last look
 * before. For one thread.
 */
public final class Lap {

    private static final int STARTED_AFTER = 5;

    private final long end;
    private long beginTotal;
    private long beginNanos;
    private long endNanos;
    private boolean started;
    private boolean over;

    /**
     * @param end the total at the end of the way
     * @param nowNanos when nothing was done yet, by {@link System#nanoTime}
     */
    public Lap(long end, long nowNanos) {
        this.end = end;
        this.beginNanos = nowNanos;
    }

    /** Takes note of a total; those of a lap that is over change nothing. */
    public void see(long nowNanos, long total) {
        if (over) {
            return;
        }
        if (total >= end) {
            over = true;
            endNanos = nowNanos;
        } else if (!started) {
            started = total >= end / STARTED_AFTER;
            beginTotal = total;
            beginNanos = nowNanos;
        }
    }

    public boolean isOver() {
        return over;
    }

    /** @throws IllegalStateException if the lap is not over */
    public double perSecond() {
        if (!over) {
            throw new IllegalStateException("the end has not been reached");
        }
        return (end - beginTotal) / ((endNanos - beginNanos) / 1e9);
    }
}
