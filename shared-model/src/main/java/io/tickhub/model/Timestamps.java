package io.tickhub.model;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.Optional;

/**
 * The times of ticks. What nearly all of them look like, {@code 2026-11-20T14:30:00.123456789Z} with up to nine digits of a second, or an offset
 * such as {@code +09:00}, is read and written as digits, which takes a tenth of the time; everything else is left to the JDK, by which alone both decide what is a
 * time. No state.
 */
public final class Timestamps {

    private static final long DAY = 86_400;
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MOST_DECIMALS = 9;

    /** Of {@code 2026-11-20T14:30:00Z}. */
    private static final int SHORTEST = 20;

    /** Of {@code +09:00}. */
    private static final int OFFSET = 6;

    /** So low that a year of which it is one half is negative too. */
    private static final int NO_NUMBER = -10_000;

    private Timestamps() {}

    /**
     * Reads an ISO-8601 time with an offset.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        return usual(text)
                .orElseGet(() -> text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant());
    }

    /** Reads a time with an offset in the usual form; nothing is said about what other texts are. */
    public static Optional<Instant> usual(String text) {
        // What is no Latin letter becomes a question mark, which stands in no time.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return usual(bytes, 0, bytes.length);
    }

    /** The same of the bytes {@code [from, to)}. */
    public static Optional<Instant> usual(byte[] bytes, int from, int to) {
        PlainText text = new PlainText(bytes, from, to);
        Instant time = read(text);
        return text.isPlainToTheEnd() ? Optional.of(time) : Optional.empty();
    }

    /**
     * Reads the usual form; where something else stands, the text is not plain. It goes by places rather than step by step, for this is the
     * longest part of a tick.
     */
    static Instant read(PlainText text) {
        byte[] bytes = text.bytes();
        int at = text.place();
        int end = at + SHORTEST - 1;
        if (end >= text.end() || !hasMarks(bytes, at)) {
            return none(text);
        }
        int year = 100 * number(bytes, at) + number(bytes, at + 2);
        int month = number(bytes, at + 5);
        int day = number(bytes, at + 8);
        int hour = number(bytes, at + 11);
        int minute = number(bytes, at + 14);
        int second = number(bytes, at + 17);
        int nano = 0;
        if (bytes[end] == '.') {
            int from = end + 1;
            for (end = from; end < text.end() && end - from < MOST_DECIMALS && isDigit(bytes[end]); end++) {
                nano = 10 * nano + bytes[end] - '0';
            }
            if (end == from) {
                return none(text);
            }
            nano *= (int) Decimals.powerOfTen(MOST_DECIMALS - (end - from));
        }
        boolean isWritten = (year | month | day | hour | minute | second) >= 0;
        // 24:00 and leap seconds are for the JDK.
        if (!isWritten || hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day)) {
            return none(text);
        }
        text.moveTo(end);
        int offset = text.skip('Z') ? 0 : offsetMinutes(text);
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute - offset) * 60 + second, nano);
    }

    /** Of {@code +09:00}; offsets of 18 hours and more are for the JDK. */
    private static int offsetMinutes(PlainText text) {
        byte[] bytes = text.bytes();
        int at = text.place();
        if (at + OFFSET > text.end() || bytes[at + 3] != ':' || (bytes[at] != '+' && bytes[at] != '-')) {
            text.fail();
            return 0;
        }
        int hours = number(bytes, at + 1);
        int minutes = number(bytes, at + 4);
        if ((hours | minutes) < 0 || hours > 17 || minutes > 59) {
            text.fail();
            return 0;
        }
        text.moveTo(at + OFFSET);
        int offset = 60 * hours + minutes;
        return bytes[at] == '-' ? -offset : offset;
    }

    private static Instant none(PlainText text) {
        text.fail();
        return Instant.EPOCH;
    }

    private static boolean hasMarks(byte[] bytes, int at) {
        return bytes[at + 4] == '-'
                && bytes[at + 7] == '-'
                && bytes[at + 10] == 'T'
                && bytes[at + 13] == ':'
                && bytes[at + 16] == ':';
    }

    /** The number of two digits at a place; negative if there is anything else. */
    private static int number(byte[] bytes, int at) {
        return isDigit(bytes[at]) && isDigit(bytes[at + 1]) ? 10 * bytes[at] + bytes[at + 1] - 11 * '0' : NO_NUMBER;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The time as {@link Instant#toString} gives it. */
    public static String text(Instant time) {
        PlainWriter text = new PlainWriter(32);
        write(time, text);
        return new String(text.toBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Writes the same. */
    static void write(Instant time, PlainWriter text) {
        long second = time.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            text.text(time.toString());
            return;
        }
        text.date(Math.floorDiv(second, DAY)).timeOfDay((int) Math.floorMod(second, DAY));
        int nano = time.getNano();
        if (nano != 0) {
            text.character('.');
            if (nano % 1_000_000 == 0) {
                text.digits(nano / 1_000_000, 3);
            } else if (nano % 1_000 == 0) {
                text.digits(nano / 1_000, 6);
            } else {
                text.digits(nano, MOST_DECIMALS);
            }
        }
        text.character('Z');
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= Month.of(month).length(Year.isLeap(year)));
    }
}
