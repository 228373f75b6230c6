package io.tickhub.producer;

import java.util.List;

/** Every metric of the producer. */
public enum ProducerMetrics {
    TICKS("tickhub.producer.ticks", "ticks", "Ticks that Kafka acknowledged.", List.of("symbol")),
    DEAD_LETTERS(
            "tickhub.producer.dead.letters",
            "rows",
            "Rows that could not be used and went to dead-letters.",
            List.of()),
    WAITING("tickhub.producer.waiting", "records", "Records handed to Kafka and not acknowledged yet.", List.of()),
    GIVEN_UP(
            "tickhub.producer.given.up",
            "seconds",
            "Time by which the source's schedule was put off because Kafka held it up for over a second.",
            List.of());

    private final String metricName;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // always of List.of
    private final List<String> tags;

    ProducerMetrics(String metricName, String unit, String description, List<String> tags) {
        this.metricName = metricName;
        this.unit = unit;
        this.description = description;
        this.tags = tags;
    }

    /** The name in Micrometer's form; Prometheus writes underscores for the points. */
    public String metricName() {
        return metricName;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** The names of its tags. */
    public List<String> tags() {
        return tags;
    }
}
