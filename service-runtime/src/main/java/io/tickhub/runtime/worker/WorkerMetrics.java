package io.tickhub.runtime.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What every worker shows, with the tags {@code group} and {@code worker}. */
public enum WorkerMetrics {
    RECORDS("tickhub.worker.records", "Records taken in."),
    TRANSACTIONS("tickhub.worker.transactions", "Time to write and commit one transaction."),
    ABORTED("tickhub.worker.transactions.aborted", "Transactions that failed and were repeated."),
    LAG("tickhub.worker.lag", "Offsets of what the worker reads that are not committed yet."),
    LATENCY(
            "tickhub.worker.latency",
            "From the arrival of a batch's first record in Kafka to the commit of what was made of it.");

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final String meter;
    private final String description;

    WorkerMetrics(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** The meter's name; Prometheus shows it with `_` for `.`. */
    public String meter() {
        return meter;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    Counter counter(MeterRegistry registry, Tags tags) {
        return Counter.builder(meter).description(description).tags(tags).register(registry);
    }

    Timer timer(MeterRegistry registry, Tags tags) {
        return Timer.builder(meter).description(description).tags(tags).register(registry);
    }

    Timer histogram(MeterRegistry registry, Tags tags) {
        return Timer.builder(meter)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void gauge(MeterRegistry registry, Tags tags, Supplier<Number> value) {
        var unused =
                Gauge.builder(meter, value).description(description).tags(tags).register(registry);
    }
}
