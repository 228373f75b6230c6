package io.tickhub.runtime.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One environment variable: its name, what it is when unset, what it means, how it is read. Immutable.
 *
 * @param name the variable, beginning with {@code TICKHUB_}
 * @param defaultText its value when unset, as a user would write it
 * @param description one sentence with unit and range
 * @param parser reads the text; throws IllegalArgumentException with a message such as "must be above 0"
 * @param <T> what it is in the program
 */
public record Setting<T>(String name, String defaultText, String description, Function<String, T> parser) {

    public static Setting<String> text(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, text -> text);
    }

    /** A comma-separated list without empty elements. */
    public static Setting<List<String>> list(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, text -> Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList());
    }

    /** {@code true} or {@code false}. */
    public static Setting<Boolean> flag(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Setting<Integer> integer(String name, String defaultText, int min, int max, String description) {
        return new Setting<>(name, defaultText, description, text -> {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a whole number from " + min + " to " + max, e);
            }
            if (value < min || value > max) {
                throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
            }
            return value;
        });
    }

    /** A time above 0, such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d} or {@code PT30S}. */
    public static Setting<Duration> duration(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, Durations::parse);
    }
}
