package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time between two transactions of a worker with a backlog, in which it reads on: as long as the one before took, 20 ms at the most. Fewer
 * transactions, each of more, are what relieves a busy cluster. For one thread.
 */
final class Rest {

    private static final Duration LONGEST = Duration.ofMillis(20);

    private final LongSupplier nanoTime;
    private long overNanos;

    /** @param nanoTime such as {@link System#nanoTime} */
    Rest(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.overNanos = nanoTime.getAsLong();
    }

    /** Begins, behind a transaction that began at this time. */
    void begin(long transactionBeganNanos) {
        long now = nanoTime.getAsLong();
        overNanos = now + Math.min(now - transactionBeganNanos, LONGEST.toNanos());
    }

    /** Zero if it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, overNanos - nanoTime.getAsLong()));
    }
}
