package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When what failed is tried again: at growing intervals, each shortened by chance so that many who failed together do not come back
 * together, and not for ever. It never sleeps: the caller waits, and can be stopped meanwhile. For one thread.
 */
final class Retries {

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** After so long without a failure it works, whether anybody said so or not. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Duration patience;
    private final LongSupplier nanoTime;
    private final DoubleSupplier chance;
    private int failures;
    private long sinceNanos;
    private long lastNanos;

    /**
     * @param patience how long failures may go on without a success between
     * @param nanoTime {@link System#nanoTime}, or a test's clock
     * @param chance numbers from 0 to 1
     */
    Retries(Duration patience, LongSupplier nanoTime, DoubleSupplier chance) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.chance = chance;
    }

    /** It worked: the next failure is a first one again. */
    void succeeded() {
        failures = 0;
    }

    /** It failed: the time to wait before it is tried again, half of the interval at least; empty if that went on for too long. */
    Optional<Duration> failed() {
        long now = nanoTime.getAsLong();
        if (now - lastNanos >= QUIET.toNanos()) {
            failures = 0;
        }
        lastNanos = now;
        if (failures == 0) {
            sinceNanos = now;
        } else if (now - sinceNanos >= patience.toNanos()) {
            return Optional.empty();
        }
        double interval = Math.min((double) LONGEST.toNanos(), FIRST.toNanos() * Math.pow(2, failures));
        failures++;
        return Optional.of(Duration.ofNanos((long) (interval * (1 + chance.getAsDouble()) / 2)));
    }

    /** How long failures may go on. */
    Duration patience() {
        return patience;
    }
}
