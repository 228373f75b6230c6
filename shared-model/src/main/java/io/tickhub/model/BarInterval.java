package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long each of a row of bars lasts: whole seconds that divide a day, so that bars begin at midnight UTC and at the same times of
 * every day. Immutable.
 *
 * @param seconds length in seconds, from 1 to those of a day
 */
public record BarInterval(long seconds) implements Comparable<BarInterval> {

    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,4})([smhd])");

    /** The usual ones, shortest first. */
    public static final List<BarInterval> USUAL = List.of(
            new BarInterval(1), new BarInterval(60), new BarInterval(300), new BarInterval(3600), new BarInterval(DAY));

    /** @throws IllegalArgumentException if a day is not a multiple of it */
    public BarInterval {
        if (seconds <= 0 || DAY % seconds != 0) {
            throw new IllegalArgumentException("the interval of bars must divide a day, such as 1s, 1m, 5m, 1h or 1d");
        }
    }

    /**
     * Reads {@code 1s}, {@code 5m}, {@code 1h} or {@code 1d}.
     *
     * @throws IllegalArgumentException if it is none of these, or does not divide a day
     */
    @JsonCreator
    public static BarInterval parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the interval of bars must be such as 1s, 1m, 5m, 1h or 1d");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3600;
                    default -> DAY;
                };
        return new BarInterval(Long.parseLong(matcher.group(1)) * unit);
    }

    /** Its one short form, in the largest unit that gives a whole number. */
    @JsonValue
    public String text() {
        if (seconds % DAY == 0) {
            return seconds / DAY + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    public Duration length() {
        return Duration.ofSeconds(seconds);
    }

    /** The number of the bar to which a time belongs, counted from 1970. */
    public long slot(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), seconds);
    }

    /** When the bar of a number begins; the one before ends then. */
    public Instant start(long slot) {
        return Instant.ofEpochSecond(Math.multiplyExact(slot, seconds));
    }

    @Override
    public int compareTo(BarInterval other) {
        return Long.compare(seconds, other.seconds);
    }

    @Override
    public String toString() {
        return text();
    }
}
