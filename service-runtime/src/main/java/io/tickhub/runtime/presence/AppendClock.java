package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells whether the shared append clock runs evenly. It stands still while the cluster is away and then jumps: the first instance
 * whose heartbeat gets through makes all others look dead, until theirs do. So it does when the broker's clock is set, another broker
 * leads whose clock differs, or the machine slept. For one thread.
 */
public final class AppendClock {

    private static final Duration STOPPED = InstanceStatus.HEARTBEAT.multipliedBy(3);

    private final long settleNanos;
    /** The epoch until anything was appended. */
    private Instant newest = Instant.EPOCH;

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
     * @return whether it has run without a stop or a jump for long enough
     */
    public boolean isEven(Instant seen, long nanos) {
        long stoodNanos = nanos - movedNanos;
        boolean stopped = stoodNanos > STOPPED.toNanos();
        boolean jumped = false;
        if (!seen.equals(newest)) {
            Duration error =
                    Duration.between(newest, seen).minusNanos(stoodNanos).abs();
            jumped = !newest.equals(Instant.EPOCH) && error.compareTo(STOPPED) > 0;
            newest = seen;
            movedNanos = nanos;
        }
        if (stopped || jumped) {
            evenFromNanos = nanos + settleNanos;
        }
        return nanos - evenFromNanos >= 0;
    }
}
