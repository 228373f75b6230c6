package io.tickhub.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The times of ticks. What nearly all of them look like, {@code 2026-11-20T14:30:00.123456789Z} with up to nine digits of a second, is read
 * digit by digit, which takes a tenth of the time; everything else is left to the JDK, by which alone both decide what is a time. No
 * state.
 */
final class Timestamps {

    /** Of {@code 2026-11-20T14:30:00Z}. */
    private static final int SHORTEST = 20;

    private static final int LONGEST = 30;
    private static final int NONE = -1;
    private static final int[] POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private Timestamps() {}

    /**
     * Reads an ISO-8601 time with an offset.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        if (!isUsual(text)) {
            return parseAny(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nano = nano(text);
        boolean digits = (year | month | day | hour | minute | second | nano) >= 0;
        // 24:00 and leap seconds are for the JDK.
        if (!digits || hour > 23 || minute > 59 || second > 59) {
            return parseAny(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nano);
    }

    private static Instant parseAny(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    private static boolean isUsual(String text) {
        int length = text.length();
        return length >= SHORTEST
                && length <= LONGEST
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(length - 1) == 'Z'
                && (length == SHORTEST || (text.charAt(19) == '.' && length > SHORTEST + 1));
    }

    private static int nano(String text) {
        int digits = text.length() - 1 - SHORTEST;
        return digits < 0 ? 0 : scaled(number(text, SHORTEST, SHORTEST + digits), digits);
    }

    private static int scaled(int fraction, int digits) {
        return fraction == NONE ? NONE : fraction * POWERS_OF_TEN[9 - digits];
    }

    /** The decimal number between two places of the text, up to nine digits; negative if there is anything but digits. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
