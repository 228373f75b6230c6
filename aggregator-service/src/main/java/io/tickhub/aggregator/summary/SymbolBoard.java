package io.tickhub.aggregator.summary;

import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The newest published statistics of the symbols that this instance owns. Thread safe. */
public final class SymbolBoard {

    private final Map<Symbol, PriceStats> statsBySymbol = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private volatile boolean frozen;

    /** Puts statistics in the place of those before. */
    public void put(Collection<PriceStats> changed) {
        changed.forEach(stats -> statsBySymbol.put(stats.symbol(), stats));
        version.incrementAndGet();
    }

    /** Another instance may count the symbol now. */
    public void remove(Symbol symbol) {
        if (!frozen) {
            statsBySymbol.remove(symbol);
        }
    }

    /** From now on nothing is removed, so that what was owned at the end can still be shown when it has been given back. */
    public void freeze() {
        frozen = true;
    }

    /** Another number after each publication. */
    public long version() {
        return version.get();
    }

    public int size() {
        return statsBySymbol.size();
    }

    public List<PriceStats> all() {
        return List.copyOf(statsBySymbol.values());
    }
}
