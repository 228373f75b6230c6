package io.tickhub.client.verify;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The bars of one symbol and interval counted again. A published bar must hold every tick before the statistics that were published
 * before it was read, and may hold newer ones: {@code asOf} says up to where. For one thread.
 */
final class IntervalRecount {

    private final BarInterval interval;
    private final BarRules rules;
    private final long since;
    private final long asOf;
    private final NavigableMap<Instant, Bar> published = new TreeMap<>();
    private final Map<Instant, PlainBar> recounted = new HashMap<>();
    private Instant firstStart = Instant.MAX;
    private Instant completeFrom = Instant.MIN;
    private Instant newestThen = Instant.MIN;
    private long outside;
    private long missing;
    private Instant firstMissing = Instant.MAX;

    /** @param stats every bar must hold all ticks that these do */
    IntervalRecount(BarInterval interval, List<Bar> bars, BarRules rules, PriceStats stats) {
        this.interval = interval;
        this.rules = rules;
        this.since = stats.since();
        this.asOf = stats.asOf();
        bars.forEach(bar -> published.put(bar.start(), bar));
    }

    BarInterval interval() {
        return interval;
    }

    /** The newest event time that the published bars show to have come before an offset; {@link Instant#MIN} if they show none. */
    Instant newestBefore(long offset) {
        return published.values().stream()
                .map(bar -> reachedBefore(bar, offset))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Where a bar has more ticks than there are offsets from this one to its last, some came before: none is older than its start. */
    private static Instant reachedBefore(Bar bar, long offset) {
        if (bar.asOf() <= offset) {
            return bar.closeTime();
        }
        return bar.asOf() - bar.count() < offset ? bar.start() : Instant.MIN;
    }

    /** Only bars that begin then or later are compared: ticks of those before may lie before what is read. */
    void completeFrom(Instant start) {
        completeFrom = start;
    }

    /** @param newest newest event time before this tick */
    void add(long offset, Tick tick, Instant newest) {
        Instant start = BarRules.start(tick.timestamp(), interval);
        firstStart = start.isBefore(firstStart) ? start : firstStart;
        if (offset < asOf && tick.timestamp().isAfter(newestThen)) {
            newestThen = tick.timestamp();
        }
        if (!newest.equals(Instant.MIN) && !rules.changes(start, interval, newest)) {
            outside += offset >= since && offset < asOf ? 1 : 0;
            return;
        }
        Bar bar = published.get(start);
        if (bar == null) {
            miss(offset, start);
        } else if (offset < Math.max(asOf, bar.asOf())) {
            boolean isLate = !newest.equals(Instant.MIN) && rules.isFinal(start, interval, newest);
            recounted.computeIfAbsent(start, any -> new PlainBar(tick)).add(offset, tick, isLate);
        }
    }

    /** Bars before the oldest one may have been deleted by retention. */
    private void miss(long offset, Instant start) {
        if (offset < asOf
                && !start.isBefore(completeFrom)
                && !published.isEmpty()
                && start.isAfter(published.firstKey())) {
            missing++;
            firstMissing = start.isBefore(firstMissing) ? start : firstMissing;
        }
    }

    /**
     * Compares each bar, and returns how many these are.
     *
     * @param newest newest event time of all that the aggregator can have known
     * @param publishedOutside ticks outside of this interval, as published
     */
    long compare(Symbol symbol, Instant newest, long publishedOutside, Differences differences) {
        long compared = 0;
        for (Bar bar : published.tailMap(completeFrom).values()) {
            compared++;
            String where = symbol + " bar of " + interval + " at " + bar.start() + ":";
            PlainBar plain = recounted.get(bar.start());
            if (plain == null) {
                differences.add(where + " no tick of the topic belongs to it");
                continue;
            }
            plain.compare(bar, differences);
            boolean mustBeFinal = rules.isFinal(bar.start(), interval, newestThen);
            boolean mayBeFinal = rules.isFinal(bar.start(), interval, newest);
            if (bar.state() == Bar.State.FINAL ? !mayBeFinal : mustBeFinal) {
                differences.add(where + " state is " + bar.state() + ", event time had reached " + newest);
            }
        }
        if (missing > 0) {
            differences.add(symbol + " bars of " + interval + ": the bars of " + missing
                    + " ticks are missing, the first one at " + firstMissing);
        }
        boolean isWhole =
                completeFrom.equals(Instant.MIN) && !published.isEmpty() && !firstStart.isBefore(published.firstKey());
        if (isWhole) {
            differences.value(symbol + " bars of " + interval + ":", "outside", publishedOutside, outside);
        }
        return compared;
    }
}
