package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;
import java.util.HashMap;
import java.util.Map;

/** Plain fields in a plain map. For one thread, which owns it. */
final class OwnedTotals implements Totals {

    private final Map<Symbol, Figures> bySymbol = new HashMap<>();

    private static final class Figures {
        private long count;
        private long least = Long.MAX_VALUE;
        private long greatest = Long.MIN_VALUE;
        private long sum;
    }

    @Override
    public void add(Quote quote) {
        Figures figures = bySymbol.computeIfAbsent(quote.symbol(), unused -> new Figures());
        figures.count++;
        figures.least = Math.min(figures.least, quote.cents());
        figures.greatest = Math.max(figures.greatest, quote.cents());
        figures.sum += quote.cents();
    }

    @Override
    public Sum sum() {
        return bySymbol.values().stream()
                .map(figures -> new Sum(figures.count, figures.sum))
                .reduce(Sum.NOTHING, Sum::and);
    }
}
