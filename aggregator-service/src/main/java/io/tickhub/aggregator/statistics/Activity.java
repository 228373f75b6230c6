package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.model.SourceIds;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many ticks came in the newest seconds of event time, and whether their sources left out any. Bounded: {@value #SECONDS} numbers,
 * and those of {@link FollowedSources}. For one thread.
 */
final class Activity {

    static final int SECONDS = 60;

    /** Ids of more digits do not count up to anything. */
    private static final int MOST_DIGITS = 18;

    private static final long NO_NUMBER = -1;

    private final long[] ticksBySecond = new long[SECONDS];
    private final FollowedSources sources;
    private long newestSecond;
    private int newestPlace;

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
        newestPlace = place(newestSecond);
        sources = new FollowedSources(saved.sources());
        for (int back = 0; back < saved.ticks().size(); back++) {
            ticksBySecond[place(newestSecond - back)] = saved.ticks().get(back);
        }
    }

    void add(Tick tick) {
        count(tick.timestamp());
        long id = number(tick.id());
        if (id != NO_NUMBER) {
            sources.add(tick.source(), id);
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
        return sources.bySource();
    }

    Saved toSaved() {
        List<Long> ticks = new ArrayList<>();
        for (int back = 0; back < SECONDS; back++) {
            ticks.add(ticksBySecond[place(newestSecond - back)]);
        }
        while (!ticks.isEmpty() && ticks.getLast() == 0) {
            ticks.removeLast();
        }
        return new Saved(newestSecond, ticks, Map.copyOf(sources.bySource()));
    }

    private void count(Instant time) {
        long second = time.getEpochSecond();
        if (second > newestSecond) {
            long oldestGone = Math.max(newestSecond, second - SECONDS);
            for (long skipped = oldestGone + 1; skipped <= second; skipped++) {
                ticksBySecond[place(skipped)] = 0;
            }
            newestSecond = second;
            newestPlace = place(second);
        }
        if (second == newestSecond) {
            ticksBySecond[newestPlace]++;
        } else if (second > newestSecond - SECONDS) {
            ticksBySecond[place(second)]++;
        }
    }

    private static int place(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    private static long number(String id) {
        int length = id.length();
        if (length == 0 || length > MOST_DIGITS) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
