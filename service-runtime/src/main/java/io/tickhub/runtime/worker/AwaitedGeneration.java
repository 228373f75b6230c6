package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** That a member of a group waits for the group's next generation; not for ever, since it may never come. For one thread. */
final class AwaitedGeneration {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private int present = Integer.MIN_VALUE;
    private long beganNanos;

    /** @param nanoTime such as {@link System#nanoTime} */
    AwaitedGeneration(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Awaits another generation than the present one, from now on. */
    void begin(int presentGeneration) {
        present = presentGeneration;
        beganNanos = nanoTime.getAsLong();
    }

    /** Whether it is still awaited, where {@code generation} is the present one. */
    boolean isAwaited(int generation) {
        return generation == present && nanoTime.getAsLong() - beganNanos < LONGEST.toNanos();
    }
}
