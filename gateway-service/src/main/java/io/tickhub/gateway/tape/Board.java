package io.tickhub.gateway.tape;

import io.tickhub.gateway.tape.TapeItem.Kind;
import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest of every symbol: its last tick, its last notice, and the last few ticks for charts. One thread writes, any may read. As many
 * entries as there are symbols.
 */
public final class Board {

    /** The most ticks that are kept of one symbol. */
    public static final int MOST_RECENT = 5_000;

    private static final int LEAST_RECENT = 60;
    /** Of all symbols together, as long as each has the least; about 30 MB. */
    private static final int RECENT_IN_ALL = 100_000;

    private final Map<Symbol, Entry> entries = new ConcurrentHashMap<>();
    private volatile long through = -1;

    /** One symbol. */
    public static final class Entry {
        private final Symbol symbol;
        private final Deque<TapeItem> recent = new ArrayDeque<>();
        private volatile Optional<TapeItem> tick = Optional.empty();
        private volatile Optional<TapeItem> notice = Optional.empty();
        /** The offset behind the last tick's in its topic; for the writer. */
        private long next;

        private Entry(Symbol symbol) {
            this.symbol = symbol;
        }

        public Symbol symbol() {
            return symbol;
        }

        /** The last tick. */
        public Optional<TapeItem> tick() {
            return tick;
        }

        /** The last notice. */
        public Optional<TapeItem> notice() {
            return notice;
        }

        /** The last ticks, at most so many, oldest first. */
        public synchronized List<TapeItem> recent(int most) {
            List<TapeItem> all = new ArrayList<>(recent);
            return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
        }

        private synchronized void add(TapeItem item, int most) {
            recent.add(item);
            while (recent.size() > most) {
                recent.remove();
            }
            tick = Optional.of(item);
        }

        private synchronized void forgetTicks() {
            recent.clear();
            tick = Optional.empty();
        }
    }

    /**
     * The writer: a symbol's ticks begin at an offset of its topic. Where there were ticks behind it the topic was deleted and made again, and those of the
     * former one are forgotten.
     */
    void begin(Symbol symbol, long offset) {
        Entry entry = entries.get(symbol);
        if (entry != null && offset < entry.next) {
            entry.next = offset;
            entry.forgetTicks();
        }
    }

    /**
     * The writer: takes note of an event that is on the tape.
     *
     * @param covers the offsets of the symbol's topic that the event is about
     */
    void note(TapeItem item, Covers covers) {
        Entry entry = entries.computeIfAbsent(item.symbol(), Entry::new);
        if (item.kind() == Kind.TICK) {
            entry.next = covers.to();
            entry.add(item, Math.clamp(RECENT_IN_ALL / entries.size(), LEAST_RECENT, MOST_RECENT));
        } else {
            entry.notice = Optional.of(item);
        }
        through = item.sequence();
    }

    /** Number of the last event that was noted; -1 before the first. */
    public long through() {
        return through;
    }

    /** All symbols of which anything is known, as a view that changes under the reader. */
    public Collection<Entry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    public Optional<Entry> find(Symbol symbol) {
        return Optional.ofNullable(entries.get(symbol));
    }
}
