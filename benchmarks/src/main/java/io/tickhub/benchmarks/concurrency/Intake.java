package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.model.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What has arrived at the consumers of a group. Thread safe. */
final class Intake {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final LongAdder ticks = new LongAdder();
    private final Queue<Double> agesMillis = new ConcurrentLinkedQueue<>();
    private volatile Instant notedFrom = Instant.MAX;

    void take(Tick tick) {
        if (!tick.timestamp().isBefore(notedFrom)) {
            agesMillis.add(Duration.between(tick.timestamp(), Instant.now()).toNanos() / 1e6);
        }
        ticks.increment();
    }

    /** How many ticks have come. */
    long ticks() {
        return ticks.sum();
    }

    /**
     * Waits until so many have come since the beginning.
     *
     * @throws IllegalStateException if they do not come, or more do
     */
    void await(long expected) throws InterruptedException {
        long began = System.nanoTime();
        while (ticks() < expected && System.nanoTime() - began < PATIENCE.toNanos()) {
            Thread.sleep(LOOK_AGAIN);
        }
        if (ticks() != expected) {
            throw new IllegalStateException("%,d ticks were sent, %,d have come".formatted(expected, ticks()));
        }
    }

    /** From now on the age of each tick is noted. */
    void note() {
        agesMillis.clear();
        notedFrom = Instant.now();
    }

    /** The ages that were noted; none is from now on. */
    Latencies ages() {
        notedFrom = Instant.MAX;
        return Latencies.of(agesMillis);
    }
}
