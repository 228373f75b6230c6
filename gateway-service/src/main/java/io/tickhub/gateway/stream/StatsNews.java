package io.tickhub.gateway.stream;

import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The statistics as messages, put into JSON once for all streams. Thread safe; as many entries as the table of statistics.
 */
public final class StatsNews {

    private final Supplier<Map<String, Entry<PriceStats>>> table;
    private final Map<String, News> newsBySymbol = new ConcurrentHashMap<>();

    /**
     * One symbol's statistics.
     *
     * @param symbol the instrument
     * @param offset of their record: another one after a change
     * @param frame the message
     */
    record News(Symbol symbol, long offset, Frame frame) {}

    /** @param table the statistics by symbol */
    public StatsNews(Supplier<Map<String, Entry<PriceStats>>> table) {
        this.table = table;
    }

    /** The statistics of all symbols as they are now. */
    Iterable<News> all() {
        return () -> table.get().entrySet().stream()
                .map(entry -> newsBySymbol.compute(entry.getKey(), (key, known) -> Optional.ofNullable(known)
                        .filter(news -> news.offset() == entry.getValue().offset())
                        .orElseGet(() -> news(entry.getValue()))))
                .iterator();
    }

    private static News news(Entry<PriceStats> entry) {
        return new News(
                entry.value().symbol(),
                entry.offset(),
                new Frame(Frame.Event.STATS, Optional.empty(), Json.writeLine(entry.value())));
    }
}
