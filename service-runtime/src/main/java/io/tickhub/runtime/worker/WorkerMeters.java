package io.tickhub.runtime.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Keeps the {@link WorkerMetrics} of one worker. For the worker's thread; what it registers may be read by all. */
final class WorkerMeters {

    /** How often the lag is looked at: with thousands of partitions that takes some time. */
    private static final long LAG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final InstantSource clock;
    private final Counter records;
    private final Counter aborted;
    private final Timer commits;
    private final Timer latency;
    /** Append times of the first records of the batches in hand. */
    private final List<Long> arrivedMillis = new ArrayList<>();

    private long lagSeenNanos = System.nanoTime();
    private volatile long lag;

    /** @param clock compared with the brokers' append times */
    WorkerMeters(MeterRegistry registry, InstantSource clock, String group, String worker) {
        Tags tags = Tags.of("group", group, "worker", worker);
        this.clock = clock;
        records = WorkerMetrics.RECORDS.counter().tags(tags).register(registry);
        aborted = WorkerMetrics.ABORTED.counter().tags(tags).register(registry);
        commits = WorkerMetrics.TRANSACTIONS.timer().tags(tags).register(registry);
        latency = WorkerMetrics.LATENCY
                .timer()
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
        var unused = WorkerMetrics.LAG.gauge(() -> lag).tags(tags).register(registry);
    }

    /** A batch of one partition was taken in. */
    void records(int count, long firstArrivedMillis) {
        records.increment(count);
        arrivedMillis.add(firstArrivedMillis);
    }

    void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** All that was taken in has been dealt with. */
    void settled() {
        long nowMillis = clock.millis();
        // The broker's clock may be ahead of ours.
        arrivedMillis.forEach(arrived -> latency.record(Math.max(0, nowMillis - arrived), TimeUnit.MILLISECONDS));
        arrivedMillis.clear();
    }

    /** A transaction was aborted; what was taken in is still in hand. */
    void refused() {
        aborted.increment();
    }

    /** What was taken in will be taken in again. */
    void aborted() {
        aborted.increment();
        arrivedMillis.clear();
    }

    /** Looks at the lag, if it is time. */
    void lag(LongSupplier current) {
        if (System.nanoTime() - lagSeenNanos > LAG_PERIOD_NANOS) {
            lagSeenNanos = System.nanoTime();
            lag = current.getAsLong();
        }
    }
}
