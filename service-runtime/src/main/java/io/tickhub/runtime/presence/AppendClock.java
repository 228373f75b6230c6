package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells whether the shared append clock runs evenly. It stands still while the cluster is away and then jumps: the first instance
 * whose heartbeat gets through makes all others look dead, until theirs do. For one thread.
 */
public final class AppendClock {

    private static final Duration STOPPED = InstanceStatus.HEARTBEAT.multipliedBy(3);

    private final long settleNanos;
    private Instant newest = Instant.MIN;
    private long movedNanos;
    private long evenFromNanos;

    /**
     * @param settle how long it must have run without a stop
     * @param nanos of {@link System#nanoTime}
     */
    public AppendClock(Duration settle, long nanos) {
        settleNanos = settle.toNanos();
        movedNanos = nanos;
        evenFromNanos = nanos + settleNanos;
    }

    /**
     * Looks at the clock; to be called about as often as a heartbeat.
     *
     * @return whether it has run without a stop for long enough
     */
    public boolean isEven(Instant seen, long nanos) {
        boolean stopped = nanos - movedNanos > STOPPED.toNanos();
        if (!seen.equals(newest)) {
            newest = seen;
            movedNanos = nanos;
        }
        if (stopped) {
            evenFromNanos = nanos + settleNanos;
        }
        return nanos - evenFromNanos >= 0;
    }
}
