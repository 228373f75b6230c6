package io.tickhub.producer.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds a source to its schedule. Every deadline is counted from the start, so that late sleeps do not add up. Used by one thread; any
 * may ask for {@link #givenUp}.
 *
 * <p>A wait is never shorter than {@link #SHORTEST_WAIT}: what falls due meanwhile goes out at once, in a small batch, and at
 * 100,000 ticks a second the thread wakes 1,000 times, not 100,000. Whoever falls behind by less than the allowance catches up;
 * beyond it, as after a broker's outage, the time is given up and the schedule goes on from now, without a flood.
 */
public final class Pacer {

    /** The shortest time for which it sleeps. */
    static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final NanoClock clock;
    private final long allowanceNanos;
    private boolean started;
    private long origin;
    private final AtomicLong givenUpNanos = new AtomicLong();

    /** A pacer whose schedule begins with the first call; {@code allowance} is the delay that is still made up for. */
    public Pacer(NanoClock clock, Duration allowance) {
        this.clock = clock;
        this.allowanceNanos = allowance.toNanos();
    }

    /**
     * Waits until {@code dueNanos} after the start of the schedule; returns at once if that has passed.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitDue(long dueNanos) throws InterruptedException {
        if (dueNanos == TickSource.AT_ONCE) {
            return;
        }
        long now = clock.nanos();
        if (!started) {
            started = true;
            origin = now - dueNanos;
            return;
        }
        long early = dueNanos - (now - origin);
        while (early > 0) {
            clock.sleep(Math.max(early, SHORTEST_WAIT.toNanos()));
            now = clock.nanos();
            early = dueNanos - (now - origin);
        }
        if (-early > allowanceNanos) {
            origin -= early;
            givenUpNanos.addAndGet(-early);
        }
    }

    /** The time by which the schedule was put off, because publishing was held up for longer than the allowance. */
    public Duration givenUp() {
        return Duration.ofNanos(givenUpNanos.get());
    }
}
