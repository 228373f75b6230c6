package io.tickhub.runtime.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them. Thread safe. */
public final class Durations {

    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** So that nanoseconds of it fit into a long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads {@code 250ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d} or an ISO-8601 duration such as {@code PT30S}.
     *
     * @throws IllegalArgumentException if the text is none of these, or is not from 1 ms to 100 years
     */
    public static Duration parse(String text) {
        Duration value = read(text);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("must be above 0");
        }
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be from 1ms to " + LONGEST.toDays() + "d, about 100 years");
        }
        return value;
    }

    private static Duration read(String text) {
        Matcher shortForm = SHORT_FORM.matcher(text);
        if (shortForm.matches()) {
            long number = Long.parseLong(shortForm.group(1));
            return switch (shortForm.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a duration such as 250ms, 30s, 5m or PT30S", e);
        }
    }
}
