package io.tickhub.aggregator.statistics;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When the statistics of a symbol begin afresh: each day at a time of UTC, or never. Immutable.
 *
 * @param reset the time; empty for never
 */
public record Sessions(Optional<LocalTime> reset) {

    private static final long DAY = Duration.ofDays(1).toSeconds();

    /**
     * Reads {@code never} or {@code 21:00}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Sessions parse(String text) {
        try {
            return new Sessions(text.equals("never") ? Optional.empty() : Optional.of(LocalTime.parse(text)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be never, or a time of day in UTC such as 21:00", e);
        }
    }

    /** Whether a reset lies between these event times. */
    boolean isOver(Instant newestOfSession, Instant time) {
        return reset.isPresent() && number(time, reset.get()) > number(newestOfSession, reset.get());
    }

    private static long number(Instant time, LocalTime begin) {
        return Math.floorDiv(time.getEpochSecond() - begin.toSecondOfDay(), DAY);
    }
}
