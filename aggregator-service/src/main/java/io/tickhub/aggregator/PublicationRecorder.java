package io.tickhub.aggregator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.aggregator.statistics.IdBreak;
import io.tickhub.aggregator.statistics.StatisticsListener;
import io.tickhub.aggregator.summary.SymbolBoard;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Brings what the workers publish into the metrics and onto the board for the log. Thread safe. */
final class PublicationRecorder implements StatisticsListener {

    private final SymbolBoard board;
    private final Counter ticks;
    private final Counter missed;
    private final Counter skipped;
    private final Counter published;
    private final Counter bars;
    private final Counter late;
    private final MeterRegistry registry;
    private final Map<DeadLetterReason, Counter> rejected = new EnumMap<>(DeadLetterReason.class);
    private final Map<IdBreak, Counter> idBreaks = new EnumMap<>(IdBreak.class);

    PublicationRecorder(MeterRegistry registry, SymbolBoard board) {
        this.board = board;
        this.registry = registry;
        this.bars = AggregatorMetrics.BARS.counter().register(registry);
        this.late = AggregatorMetrics.LATE.counter().register(registry);
        this.ticks = AggregatorMetrics.TICKS.counter().register(registry);
        this.missed = AggregatorMetrics.MISSED.counter().register(registry);
        this.skipped = AggregatorMetrics.SKIPPED.counter().register(registry);
        this.published = AggregatorMetrics.PUBLISHED.counter().register(registry);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            rejected.put(
                    reason,
                    AggregatorMetrics.REJECTED
                            .counter()
                            .tag("reason", reason.name())
                            .register(registry));
        }
        for (IdBreak kind : IdBreak.values()) {
            idBreaks.put(
                    kind,
                    AggregatorMetrics.ID_BREAKS
                            .counter()
                            .tag("kind", kind.name())
                            .register(registry));
        }
        var unused = AggregatorMetrics.SYMBOLS.gauge(board::size).register(registry);
    }

    @Override
    public void opened(PriceStats stats) {
        board.put(List.of(stats));
    }

    @Override
    public void published(Publication publication) {
        ticks.increment((double) publication.ticks());
        missed.increment((double) publication.missed());
        skipped.increment((double) publication.skipped());
        published.increment(publication.stats().size());
        publication.rejected().forEach((reason, count) -> rejected.get(reason).increment((double) count));
        bars.increment((double) publication.bars());
        late.increment((double) publication.late());
        publication.outside().forEach((interval, count) -> AggregatorMetrics.OUTSIDE
                .counter()
                .tag("interval", interval)
                .register(registry)
                .increment((double) count));
        publication.idBreaks().forEach((kind, count) -> idBreaks.get(kind).increment((double) count));
        board.put(publication.stats());
    }

    @Override
    public void released(Symbol symbol) {
        board.remove(symbol);
    }
}
