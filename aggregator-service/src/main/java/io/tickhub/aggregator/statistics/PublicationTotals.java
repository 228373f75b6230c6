package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.statistics.StatisticsListener.Publication;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.PriceStats;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What one transaction added, over all its symbols. For one thread. */
final class PublicationTotals {

    private final Map<DeadLetterReason, Long> rejected = new EnumMap<>(DeadLetterReason.class);
    private final Map<String, Long> outside = new HashMap<>();
    private final Map<IdBreak, Long> idBreaks = new EnumMap<>(IdBreak.class);
    private long ticks;
    private long missed;
    private long skipped;
    private long late;

    /** @param stats its statistics as they were written; the symbol does not know yet that they are committed */
    void add(OwnedSymbol symbol, PriceStats stats) {
        ticks += added(symbol, stats, PriceStats::count);
        missed += added(symbol, stats, PriceStats::missed);
        skipped += added(symbol, stats, PriceStats::skipped);
        late += added(symbol, stats, PriceStats::late);
        for (IdBreak kind : IdBreak.values()) {
            idBreaks.merge(kind, added(symbol, stats, kind::count), Long::sum);
        }
        add(stats, 1);
        symbol.closedSessions().forEach(closed -> add(closed, 1));
        add(symbol.committed(), -1);
        symbol.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    }

    Publication toPublication(List<PriceStats> all, long bars) {
        outside.values().removeIf(count -> count == 0);
        return new Publication(all, ticks, rejected, missed, skipped, bars, late, outside, idBreaks);
    }

    /** All of the sessions that have ended and of the present one, but for what was committed before of the first of them. */
    private static long added(OwnedSymbol symbol, PriceStats stats, ToLongFunction<PriceStats> figure) {
        long closed = symbol.closedSessions().stream().mapToLong(figure).sum();
        return closed + figure.applyAsLong(stats) - figure.applyAsLong(symbol.committed());
    }

    private void add(PriceStats stats, long times) {
        stats.outside().forEach((interval, count) -> outside.merge(interval, times * count, Long::sum));
    }
}
