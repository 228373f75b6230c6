package io.tickhub.it;

import io.tickhub.model.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which ticks of one symbol come in time, with the usual settings: those of the day of the newest tick, of the day before, and newer
 * ones. The others are dead letters, {@code TOO_LATE}. For one thread.
 */
final class Punctuality {

    private static final Duration USUAL_RETENTION = Duration.ofSeconds(20);

    private LocalDate newest = LocalDate.MIN;

    /** Takes the ticks in order. */
    boolean isInTime(Tick tick) {
        LocalDate day = day(tick.timestamp());
        if (!newest.equals(LocalDate.MIN) && day.isBefore(newest.minusDays(USUAL_RETENTION.toDays() + 1))) {
            return false;
        }
        newest = day.isAfter(newest) ? day : newest;
        return true;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
