package io.tickhub.client.verify;

import io.tickhub.model.BarInterval;
import java.time.Duration;
import java.time.Instant;

/**
 * When bars are final and when they can no longer change, as the aggregators are configured. Immutable.
 *
 * @param lateness a bar is final when the newest event time has passed its end by this
 * @param retention ticks that are no later than this find all their bars
 */
public record BarRules(Duration lateness, Duration retention) {

    /** Whether the bar that begins then is final at that newest event time. */
    boolean isFinal(Instant start, BarInterval interval, Instant newest) {
        return !newest.isBefore(start.plus(interval.length()).plus(lateness));
    }

    /** Whether the bar that begins then can still change at that newest event time: it, or one in between, holds the retention's begin. */
    boolean changes(Instant start, BarInterval interval, Instant newest) {
        Instant newestStart = start(newest, interval);
        long back = -Math.floorDiv(-retention.toNanos(), interval.length().toNanos());
        return !start.isBefore(newestStart.minus(interval.length().multipliedBy(back)));
    }

    /** The start of the bar of a time. */
    static Instant start(Instant time, BarInterval interval) {
        return time.minusNanos(time.getNano()).minusSeconds(Math.floorMod(time.getEpochSecond(), interval.seconds()));
    }
}
