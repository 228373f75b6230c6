package io.tickhub.cli;

import io.tickhub.client.MarketEvent;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What {@code top} knows of the market: the newest prices from a feed, all else from statistics. For one thread. */
final class TopBoard {

    private static final long RATE_NANOS = 5_000_000_000L;

    private final Map<Symbol, Known> knownBySymbol = new HashMap<>();

    /** By what rows are ordered, and the key for it. */
    enum Sort {
        SYMBOL('s', Comparator.comparing(Row::symbol)),
        LAST('l', descending(row -> row.last().doubleValue())),
        CHANGE('c', descending(Row::changePercent)),
        VOLUME('v', descending(row -> row.volume().doubleValue())),
        RATE('r', descending(Row::ticksPerSecond));

        private final char key;

        @SuppressWarnings("ImmutableEnumChecker") // without state
        private final Comparator<Row> order;

        Sort(char key, Comparator<Row> order) {
            this.key = key;
            this.order = order;
        }

        static Optional<Sort> of(char key) {
            return List.of(values()).stream().filter(sort -> sort.key == key).findFirst();
        }

        private static Comparator<Row> descending(ToDoubleFunction<Row> value) {
            return Comparator.comparingDouble(value).reversed().thenComparing(Row::symbol);
        }
    }

    /**
     * One symbol.
     *
     * @param change since the first tick that was counted
     * @param isStale whether its ticks stand still
     */
    record Row(
            Symbol symbol,
            BigDecimal last,
            BigDecimal change,
            double changePercent,
            BigDecimal vwap,
            BigDecimal volume,
            double ticksPerSecond,
            boolean isStale) {}

    private static final class Known {
        private Optional<PriceStats> stats = Optional.empty();
        private Optional<BigDecimal> last = Optional.empty();
        private boolean stale;
        private final Deque<long[]> counts = new ArrayDeque<>();
    }

    void take(MarketEvent event) {
        Known known = known(event.symbol());
        switch (event) {
            case MarketEvent.FeedTick tick -> known.last = Optional.of(tick.price());
            case MarketEvent.Stale stale -> known.stale = true;
            case MarketEvent.Recovered recovered -> known.stale = false;
            default -> {}
        }
    }

    /** Ticks may have been missed: until the next one of a symbol its price is that of the statistics. */
    void forgetPrices() {
        knownBySymbol.values().forEach(known -> {
            known.last = Optional.empty();
            known.stale = false;
        });
    }

    /** @param nanos when they were asked for, by {@link System#nanoTime} */
    void take(List<PriceStats> statistics, long nanos) {
        for (PriceStats stats : statistics) {
            Known known = known(stats.symbol());
            known.stats = Optional.of(stats);
            known.counts.add(new long[] {nanos, stats.count()});
            while (known.counts.size() > 2 && nanos - known.counts.element()[0] > RATE_NANOS) {
                known.counts.remove();
            }
        }
    }

    /** The symbols of which something was counted. */
    List<Row> rows(Sort sort) {
        return knownBySymbol.values().stream()
                .filter(known -> known.stats.filter(stats -> stats.count() > 0).isPresent())
                .map(TopBoard::row)
                .sorted(sort.order)
                .toList();
    }

    private Known known(Symbol symbol) {
        return knownBySymbol.computeIfAbsent(symbol, unknown -> new Known());
    }

    private static Row row(Known known) {
        PriceStats stats = known.stats.orElseThrow();
        BigDecimal last = known.last.orElse(stats.lastPrice());
        BigDecimal change = last.subtract(stats.openPrice());
        return new Row(
                stats.symbol(),
                last,
                change,
                100 * change.doubleValue() / stats.openPrice().doubleValue(),
                Optional.ofNullable(stats.vwap()).orElse(BigDecimal.ZERO),
                stats.volume(),
                rate(known.counts),
                known.stale);
    }

    private static double rate(Deque<long[]> counts) {
        long[] first = counts.getFirst();
        long[] last = counts.getLast();
        return last[0] == first[0] ? 0 : 1e9 * (last[1] - first[1]) / (last[0] - first[0]);
    }
}
