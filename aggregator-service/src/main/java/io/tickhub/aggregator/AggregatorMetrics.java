package io.tickhub.aggregator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Every metric of the aggregator, besides those that all workers have. */
public enum AggregatorMetrics {
    /** Counter. */
    TICKS("tickhub.aggregator.ticks", "ticks", "Valid ticks counted and committed."),
    /** Counter; the tag {@code reason} is a {@link io.tickhub.model.DeadLetterReason}. */
    REJECTED("tickhub.aggregator.rejected", "records", "Records that were no valid ticks, by reason."),
    /** Counter. */
    MISSED("tickhub.aggregator.missed", "offsets", "Offsets that retention deleted before they were read."),
    /** Counter. */
    SKIPPED("tickhub.aggregator.skipped", "offsets", "Offsets that hold no record, such as transaction markers."),
    /** Counter. */
    PUBLISHED(
            "tickhub.aggregator.published", "records", "Statistics written, one for each changed symbol and interval."),
    /** Counter. */
    BARS("tickhub.aggregator.bars", "records", "Bars written, one for each change, symbol and interval."),
    /** Counter. */
    LATE(
            "tickhub.aggregator.late",
            "ticks",
            "Ticks that came when their bar of the shortest interval was final already."),
    /** Counter; the tag {@code interval} is a {@link io.tickhub.model.BarInterval}. */
    OUTSIDE("tickhub.aggregator.outside", "ticks", "Ticks that came too late for any bar of an interval, by interval."),
    /** Counter; the tag {@code kind} is an {@link io.tickhub.aggregator.statistics.IdBreak}. */
    ID_BREAKS(
            "tickhub.aggregator.id.breaks",
            "ticks",
            "Ticks whose id does not follow that of their source's tick before, by kind; the symbol tells `stats --json`."),
    /** Gauge. */
    SYMBOLS("tickhub.aggregator.symbols", "symbols", "Symbols that this instance owns.");

    private final String metricName;
    private final String unit;
    private final String description;

    AggregatorMetrics(String metricName, String unit, String description) {
        this.metricName = metricName;
        this.unit = unit;
        this.description = description;
    }

    /** The name in Micrometer's form; Prometheus writes {@code _} for {@code .}. */
    public String metricName() {
        return metricName;
    }

    /** What one of it is. */
    public String unit() {
        return unit;
    }

    /** One sentence for the documentation. */
    public String description() {
        return description;
    }

    /** The counter with these tags, given as name and value in turn; made at the first call. */
    Counter counter(MeterRegistry registry, String... tags) {
        return Counter.builder(metricName)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    void gauge(MeterRegistry registry, Supplier<Number> value) {
        Gauge.builder(metricName, value).description(description).baseUnit(unit).register(registry);
    }
}
