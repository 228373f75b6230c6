package io.tickhub.runtime.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps the {@link WorkerMetrics} of one worker. For the worker's thread; what it registers may be read by all. */
final class WorkerMeters {

    /** How often the lag is looked at: with thousands of partitions that takes some time. */
    private static final long LAG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

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
        records = WorkerMetrics.RECORDS.counter(registry, tags);
        aborted = WorkerMetrics.ABORTED.counter(registry, tags);
        commits = WorkerMetrics.TRANSACTIONS.timer(registry, tags);
        latency = WorkerMetrics.LATENCY.histogram(registry, tags);
        WorkerMetrics.LAG.gauge(registry, tags, () -> lag);
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
