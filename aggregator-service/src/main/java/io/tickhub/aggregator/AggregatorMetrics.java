package io.tickhub.aggregator;

import io.tickhub.runtime.meter.Metric;

/** Every metric of the aggregator, besides those that all workers have. */
public enum AggregatorMetrics implements Metric {
    TICKS(Definition.counter("tickhub.aggregator.ticks", "ticks", "Valid ticks counted and committed.")),
    /** The tag {@code reason} is a {@link io.tickhub.model.DeadLetterReason}. */
    REJECTED(Definition.counter(
            "tickhub.aggregator.rejected", "records", "Records that were no valid ticks, by reason.")),
    MISSED(Definition.counter(
            "tickhub.aggregator.missed", "offsets", "Offsets that retention deleted before they were read.")),
    SKIPPED(Definition.counter(
            "tickhub.aggregator.skipped", "offsets", "Offsets that hold no record, such as transaction markers.")),
    PUBLISHED(Definition.counter(
            "tickhub.aggregator.published",
            "records",
            "Statistics written, one for each changed symbol and interval.")),
    BARS(Definition.counter(
            "tickhub.aggregator.bars", "records", "Bars written, one for each change, symbol and interval.")),
    LATE(Definition.counter(
            "tickhub.aggregator.late",
            "ticks",
            "Ticks that came when their bar of the shortest interval was final already.")),
    /** The tag {@code interval} is a {@link io.tickhub.model.BarInterval}. */
    OUTSIDE(Definition.counter(
            "tickhub.aggregator.outside",
            "ticks",
            "Ticks that came too late for any bar of an interval, by interval.")),
    /** The tag {@code kind} is an {@link io.tickhub.aggregator.statistics.IdBreak}. */
    ID_BREAKS(
            Definition.counter(
                    "tickhub.aggregator.id.breaks",
                    "ticks",
                    "Ticks whose id does not follow that of their source's tick before, by kind; the symbol tells `stats --json`.")),
    SYMBOLS(Definition.gauge("tickhub.aggregator.symbols", "symbols", "Symbols that this instance owns."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    AggregatorMetrics(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
