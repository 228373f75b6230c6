package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.rig.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How old ticks were when their subscriber had them: the time in a tick is that of the call of {@code send()}, in the same process and by
 * the same clock. Thread safe.
 */
final class TickAges {

    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
    private final AtomicLong ticks = new AtomicLong();
    private volatile Instant from = Instant.MAX;

    /** Notes the ages of ticks that are sent from then on. */
    void noteFrom(Instant time) {
        from = time;
    }

    /** A tick has come that was sent then. */
    void add(Instant sent) {
        Instant now = Instant.now();
        if (!sent.isBefore(from)) {
            millis.add(Duration.between(sent, now).toNanos() / 1e6);
        }
        ticks.incrementAndGet();
    }

    /** How many ticks have come, noted or not. */
    long ticks() {
        return ticks.get();
    }

    Latencies noted() {
        return Latencies.of(millis);
    }
}
