package io.tickhub.model;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;

/**
 * The times of ticks. What nearly all of them look like, {@code 2026-11-20T14:30:00.123456789Z} with up to nine digits of a second, is read
 * and written digit by digit, which takes a tenth of the time; everything else is left to the JDK, by which alone both decide what is a
 * time. No state.
 */
public final class Timestamps {

    private static final long DAY = 86_400;
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MOST_DECIMALS = 9;

    private Timestamps() {}

    /**
     * Reads an ISO-8601 time with an offset.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        // What is no Latin letter becomes a question mark, which stands in no time.
        PlainText plain = new PlainText(text.getBytes(StandardCharsets.ISO_8859_1));
        Instant time = read(plain);
        if (plain.isPlainToTheEnd()) {
            return time;
        }
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    /** Reads the usual form; where something else stands, the text is not plain. */
    static Instant read(PlainText text) {
        int year = text.digits(4);
        text.expect('-');
        int month = text.digits(2);
        text.expect('-');
        int day = text.digits(2);
        text.expect('T');
        int hour = text.digits(2);
        text.expect(':');
        int minute = text.digits(2);
        text.expect(':');
        int second = text.digits(2);
        int nano = text.skip('.') ? fraction(text) : 0;
        text.expect('Z');
        // 24:00 and leap seconds are for the JDK.
        if (!text.isPlain() || hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day)) {
            text.fail();
            return Instant.EPOCH;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nano);
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
        int ofDay = (int) Math.floorMod(second, DAY);
        text.date(Math.floorDiv(second, DAY)).character('T');
        text.digits(ofDay / 3600, 2).character(':');
        text.digits(ofDay / 60 % 60, 2).character(':');
        text.digits(ofDay % 60, 2);
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

    private static int fraction(PlainText text) {
        int decimals = text.countDigits();
        if (decimals == 0 || decimals > MOST_DECIMALS) {
            text.fail();
            return 0;
        }
        return text.digits(decimals) * (int) Decimals.powerOfTen(MOST_DECIMALS - decimals);
    }
}
