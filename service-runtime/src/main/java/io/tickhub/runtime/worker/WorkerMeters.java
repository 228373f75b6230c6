package io.tickhub.runtime.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The meters that every worker has. Thread safe. */
final class WorkerMeters {

    private final Counter records;
    private final Counter aborted;
    private final Timer commits;

    WorkerMeters(MeterRegistry registry, String group, String worker) {
        records = Counter.builder("tickhub.worker.records")
                .description("Records taken in.")
                .tags("group", group, "worker", worker)
                .register(registry);
        aborted = Counter.builder("tickhub.worker.transactions.aborted")
                .description("Transactions that failed and were repeated.")
                .tags("group", group, "worker", worker)
                .register(registry);
        commits = Timer.builder("tickhub.worker.transactions")
                .description("Time to write and commit one transaction.")
                .tags("group", group, "worker", worker)
                .register(registry);
    }

    void records(int count) {
        records.increment(count);
    }

    void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    void aborted() {
        aborted.increment();
    }
}
