package io.tickhub.aggregator.bar;

import io.tickhub.model.BarInterval;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which bars are built, and how long they can change. Immutable.
 *
 * @param intervals shortest first, each a multiple of the first; none means no bars at all
 * @param lateness a bar is final when the newest event time has passed its end by this
 * @param retention ticks that are no later than this find all their bars, final ones too; lateness or more
 */
public record BarSettings(List<BarInterval> intervals, Duration lateness, Duration retention) {

    /**
     * The most bars of one symbol, of all intervals together, that may be kept: they are written with each publication, in one record of
     * 1 MiB at most, and a bar of the longest figures takes 450 bytes of it.
     */
    static final int MOST_KEPT = 2_000;

    /** @throws IllegalArgumentException if the values do not go together */
    public BarSettings {
        intervals = intervals.stream().sorted().distinct().toList();
        for (BarInterval interval : intervals) {
            if (interval.seconds() % intervals.getFirst().seconds() != 0) {
                throw new IllegalArgumentException("bars of " + interval + " cannot be built from bars of "
                        + intervals.getFirst() + ": each interval must be a multiple of the shortest");
            }
        }
        if (retention.compareTo(lateness) < 0) {
            throw new IllegalArgumentException("bars must be kept for as long as a tick may be late, at least");
        }
        long all = 0;
        for (BarInterval interval : intervals) {
            all += retention.dividedBy(interval.length()) + 2;
        }
        if (all > MOST_KEPT) {
            throw new IllegalArgumentException("to keep bars of "
                    + intervals.stream().map(BarInterval::text).collect(Collectors.joining(", ")) + " for " + retention
                    + " takes " + all + " for each symbol, and " + MOST_KEPT
                    + " are the most; keep them for less time, or leave out the shortest");
        }
    }

    /** How many of the newest bars of an interval can change: those of the retention, and the one in progress. */
    int kept(BarInterval interval) {
        Duration roundedUp = retention.plus(interval.length()).minusNanos(1);
        return Math.toIntExact(roundedUp.dividedBy(interval.length()) + 1);
    }
}
