package io.tickhub.runtime.worker;

import io.tickhub.runtime.meter.Metric;

/** What every worker shows, with the tags {@code group} and {@code worker}. */
public enum WorkerMetrics implements Metric {
    RECORDS(Definition.counter("tickhub.worker.records", "Records taken in.")),
    TRANSACTIONS(Definition.timer("tickhub.worker.transactions", "Time to write and commit one transaction.")),
    ABORTED(Definition.counter("tickhub.worker.transactions.aborted", "Transactions that failed and were repeated.")),
    LAG(Definition.gauge("tickhub.worker.lag", "Offsets of what the worker reads that are not committed yet.")),
    LATENCY(Definition.timer(
            "tickhub.worker.latency",
            "From the arrival of a batch's first record in Kafka to the commit of what was made of it."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    WorkerMetrics(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
