package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;

/** Where a subscription begins, as text in JSON and on the command line. Immutable. */
public sealed interface From {

    /** Here and now; with the statistics of all ticks before as a snapshot. */
    record Live() implements From {}

    /** With the oldest tick that the symbol's topic still has. */
    record Earliest() implements From {}

    /**
     * At an offset of the symbol's topic.
     *
     * @param offset 0 or more, at most the end of the topic
     */
    record Offset(long offset) implements From {

        /** @throws IllegalArgumentException if the offset is negative */
        public Offset {
            if (offset < 0) {
                throw new IllegalArgumentException("the offset after 'offset:' must be 0 or more");
            }
        }
    }

    /**
     * With the first tick that arrived at that time or later.
     *
     * @param arrival append time, in the years 1 to 9999
     */
    record Time(Instant arrival) implements From {

        /** @throws IllegalArgumentException if the time is out of range */
        public Time {
            if (!Tick.isInRange(arrival)) {
                throw new IllegalArgumentException("the time after 'time:' must lie in the years 1 to 9999");
            }
        }
    }

    /**
     * With the newest records of the symbol's topic.
     *
     * @param records how many offsets before the end, 1 or more; of the records there, not all need be valid ticks
     */
    record Last(long records) implements From {

        /** @throws IllegalArgumentException if the number is below 1 */
        public Last {
            if (records < 1) {
                throw new IllegalArgumentException("the number after 'last:' must be 1 or more");
            }
        }
    }

    static From live() {
        return new Live();
    }

    static From earliest() {
        return new Earliest();
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException if it is of no known form, or a number is out of range
     */
    @JsonCreator
    static From parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        try {
            return switch (colon < 0 ? kind : kind + ":") {
                case "live" -> live();
                case "earliest" -> earliest();
                case "offset:" -> new Offset(Long.parseLong(value));
                case "time:" -> new Time(Instant.parse(value));
                case "last:" -> new Last(Long.parseLong(value));
                default -> throw unknown(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw unknown(text);
        }
    }

    /** {@code live}, {@code earliest}, {@code offset:N}, {@code time:INSTANT} or {@code last:N}. */
    @JsonValue
    default String text() {
        return switch (this) {
            case Live live -> "live";
            case Earliest earliest -> "earliest";
            case Offset at -> "offset:" + at.offset();
            case Time since -> "time:" + since.arrival();
            case Last newest -> "last:" + newest.records();
        };
    }

    private static IllegalArgumentException unknown(String text) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
        return new IllegalArgumentException("from must be live, earliest, offset:N, time:INSTANT such as "
                + "time:2026-01-05T14:30:00Z, or last:N, and is '" + shown + "'");
    }
}
