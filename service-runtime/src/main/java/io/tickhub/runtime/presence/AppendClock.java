package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells whether the shared append clock runs evenly. It stands still while the cluster is away and then jumps: the first instance
 * whose heartbeat gets through makes all others look dead, until theirs do. For one thread.
 */
final class AppendClock {

    private static final Duration STOPPED = InstanceStatus.HEARTBEAT.multipliedBy(3);

    private Instant newest = Instant.MIN;
    private long movedNanos;
    private long evenFromNanos;

    /** @param nanos of {@link System#nanoTime} */
    AppendClock(long nanos) {
        movedNanos = nanos;
        evenFromNanos = nanos + InstanceStatus.LEASE.toNanos();
    }

    /**
     * Looks at the clock; to be called about as often as a heartbeat.
     *
     * @return whether it has run without a stop for as long as a lease
     */
    boolean isEven(Instant seen, long nanos) {
        boolean stopped = nanos - movedNanos > STOPPED.toNanos();
        if (!seen.equals(newest)) {
            newest = seen;
            movedNanos = nanos;
        }
        if (stopped) {
            evenFromNanos = nanos + InstanceStatus.LEASE.toNanos();
        }
        return nanos - evenFromNanos >= 0;
    }
}
