package io.tickhub.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Writes text of ASCII without escapes into one array of bytes. A text that needs more than that makes all of it not plain for good; so a writer asks
 * once, when it is done. For one thread.
 */
final class PlainWriter {

    private static final int DATE = 10;

    /** The numbers from 00 to 99. */
    private static final byte[] PAIRS = pairs();

    /** A race of two threads costs another object, which is immutable. */
    private static Day lastDay = new Day(0);

    private byte[] bytes;
    private int at;
    private boolean plain = true;

    /** @param capacity bytes that will probably be enough */
    PlainWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Whether all that was written is there as it was given. */
    boolean isPlain() {
        return plain;
    }

    /** What was written; the array is the caller's, and nothing is to be written any more. */
    byte[] toBytes() {
        return at == bytes.length ? bytes : Arrays.copyOf(bytes, at);
    }

    PlainWriter ascii(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, at, ascii.length);
        at += ascii.length;
        return this;
    }

    /** A text as it stands in JSON between quotation marks. */
    PlainWriter text(String text) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int place = at;
        boolean good = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            good &= c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            target[place + i] = (byte) c;
        }
        plain &= good;
        at += length;
        return this;
    }

    /** The same, where the text has probably been written before. */
    PlainWriter text(String text, KnownBytes known) {
        byte[] ascii = known.of(text);
        plain &= ascii.length == text.length();
        return ascii(ascii);
    }

    PlainWriter character(char c) {
        reserve(1);
        bytes[at++] = (byte) c;
        return this;
    }

    /** As {@link BigDecimal#toPlainString} writes it. */
    PlainWriter decimal(BigDecimal value) {
        long units = Decimals.units(value);
        if (units == Decimals.NO_UNITS) {
            return text(value.toPlainString());
        }
        int scale = value.scale();
        if (scale == 0) {
            return number(units);
        }
        // All digits at once, behind a place for the point: to divide by a power of ten would take longer than to move
        // some bytes.
        int count = Math.max(Decimals.digits(units), scale + 1);
        reserve(1 + count);
        int start = at++;
        digits(units, count);
        int point = start + count - scale;
        for (int i = start; i < point; i++) {
            bytes[i] = bytes[i + 1];
        }
        bytes[point] = '.';
        return this;
    }

    /** @param number not negative */
    PlainWriter number(long number) {
        return digits(number, Decimals.digits(number));
    }

    /** So many digits of a number, with zeros before it. */
    PlainWriter digits(long number, int count) {
        reserve(count);
        int place = at + count;
        long left = number;
        for (; left > Integer.MAX_VALUE && place > at; left /= 10) {
            bytes[--place] = (byte) ('0' + left % 10);
        }
        // A division of ints takes a third of the time, and two digits need only one.
        int rest = (int) left;
        for (; place - at >= 2; rest /= 100) {
            int pair = 2 * (rest % 100);
            bytes[--place] = PAIRS[pair + 1];
            bytes[--place] = PAIRS[pair];
        }
        if (place > at) {
            bytes[--place] = (byte) ('0' + rest % 10);
        }
        at += count;
        return this;
    }

    /** @param number from 0 to 99 */
    PlainWriter twoDigits(int number) {
        reserve(2);
        bytes[at] = PAIRS[2 * number];
        bytes[at + 1] = PAIRS[2 * number + 1];
        at += 2;
        return this;
    }

    /** A day as {@code 2026-11-20}, of the years 0 to 9999; most times are of the same day as those before. */
    PlainWriter date(long epochDay) {
        Day day = lastDay;
        if (day.epochDay != epochDay) {
            day = new Day(epochDay);
            lastDay = day;
        }
        return ascii(day.text);
    }

    /** As {@link Instant#toString} writes it. */
    PlainWriter time(Instant time) {
        Timestamps.write(time, this);
        return this;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more));
        }
    }

    private static final class Day {

        private final long epochDay;
        private final byte[] text;

        Day(long epochDay) {
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            this.epochDay = epochDay;
            this.text = new PlainWriter(DATE)
                    .digits(date.getYear(), 4)
                    .character('-')
                    .twoDigits(date.getMonthValue())
                    .character('-')
                    .twoDigits(date.getDayOfMonth())
                    .toBytes();
        }
    }
}
