package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.model.SourceIds;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many ticks came in the newest seconds of event time, and whether their sources left out any. Bounded: {@value #SECONDS} numbers,
 * and {@value #MOST_SOURCES} sources. For one thread.
 */
final class Activity {

    static final int SECONDS = 60;
    static final int MOST_SOURCES = 32;

    /** Ids of more digits do not count up to anything. */
    private static final int MOST_DIGITS = 18;

    private final long[] ticksBySecond = new long[SECONDS];
    private final Map<String, SourceIds> sources;
    private long newestSecond;

    /**
     * As it is kept.
     *
     * @param newestSecond of event time, since 1970
     * @param ticks in that second, and in each one before it, back to the oldest that had any
     * @param sources what their ids tell
     */
    record Saved(long newestSecond, List<Long> ticks, Map<String, SourceIds> sources) {

        static final Saved NONE = new Saved(Long.MIN_VALUE, List.of(), Map.of());
    }

    Activity(Saved saved) {
        newestSecond = saved.newestSecond();
        sources = new TreeMap<>(saved.sources());
        for (int back = 0; back < saved.ticks().size(); back++) {
            ticksBySecond[place(newestSecond - back)] = saved.ticks().get(back);
        }
    }

    void add(Tick tick) {
        count(tick.timestamp());
        if (isNumber(tick.id())) {
            long id = Long.parseLong(tick.id());
            // Looked up once: this is done for each tick.
            SourceIds followed = sources.computeIfPresent(tick.source(), (source, ids) -> ids.next(id));
            if (followed == null && sources.size() < MOST_SOURCES) {
                sources.put(tick.source(), SourceIds.first(id));
            }
        }
    }

    /** Ticks a second in the newest so many whole seconds. */
    BigDecimal ticksPerSecond(int seconds) {
        long ticks = 0;
        for (int back = 0; back < seconds; back++) {
            ticks += ticksBySecond[place(newestSecond - back)];
        }
        return Rounding.quotient(BigDecimal.valueOf(ticks), BigDecimal.valueOf(seconds));
    }

    Map<String, SourceIds> sources() {
        return sources;
    }

    Saved toSaved() {
        List<Long> ticks = new ArrayList<>();
        for (int back = 0; back < SECONDS; back++) {
            ticks.add(ticksBySecond[place(newestSecond - back)]);
        }
        while (!ticks.isEmpty() && ticks.getLast() == 0) {
            ticks.removeLast();
        }
        return new Saved(newestSecond, ticks, Map.copyOf(sources));
    }

    private void count(Instant time) {
        long second = time.getEpochSecond();
        if (second > newestSecond) {
            long oldestGone = Math.max(newestSecond, second - SECONDS);
            for (long skipped = oldestGone + 1; skipped <= second; skipped++) {
                ticksBySecond[place(skipped)] = 0;
            }
            newestSecond = second;
        }
        if (second > newestSecond - SECONDS) {
            ticksBySecond[place(second)]++;
        }
    }

    private static int place(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    private static boolean isNumber(String id) {
        if (id.isEmpty() || id.length() > MOST_DIGITS) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
