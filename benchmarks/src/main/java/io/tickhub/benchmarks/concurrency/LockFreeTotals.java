package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * One map for all threads, of counters without locks. Thread safe, but each figure for itself: who reads while others write may see a
 * count without the price that belongs to it.
 */
final class LockFreeTotals implements Totals {

    private final Map<Symbol, Figures> bySymbol = new ConcurrentHashMap<>();

    private static final class Figures {
        private final LongAdder count = new LongAdder();
        private final LongAccumulator least = new LongAccumulator(Math::min, Long.MAX_VALUE);
        private final LongAccumulator greatest = new LongAccumulator(Math::max, Long.MIN_VALUE);
        private final LongAdder sum = new LongAdder();
    }

    @Override
    public void add(Quote quote) {
        Figures figures = bySymbol.computeIfAbsent(quote.symbol(), unused -> new Figures());
        figures.count.increment();
        figures.least.accumulate(quote.cents());
        figures.greatest.accumulate(quote.cents());
        figures.sum.add(quote.cents());
    }

    @Override
    public Sum sum() {
        return bySymbol.values().stream()
                .map(figures -> new Sum(figures.count.sum(), figures.sum.sum()))
                .reduce(Sum.NOTHING, Sum::and);
    }
}
