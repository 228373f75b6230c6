package io.tickhub.producer;

import io.tickhub.runtime.meter.Metric;

/** Every metric of the producer. */
public enum ProducerMetrics implements Metric {
    TICKS(Definition.counter("tickhub.producer.ticks", "ticks", "Ticks that Kafka acknowledged; tag `symbol`.")),
    DEAD_LETTERS(Definition.counter(
            "tickhub.producer.dead.letters", "rows", "Rows that could not be used and went to dead-letters.")),
    WAITING(Definition.gauge(
            "tickhub.producer.waiting", "records", "Records handed to Kafka and not acknowledged yet.")),
    GIVEN_UP(Definition.counter(
            "tickhub.producer.given.up",
            "seconds",
            "Time by which the source's schedule was put off because Kafka held it up for over a second."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    ProducerMetrics(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
