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

    private static final int DATE = 11;
    private static final int EIGHT_DIGITS = 100_000_000;

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

    /** What was written; the array is the caller's. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, at);
    }

    /** Begins anew, with nothing written. */
    PlainWriter clear() {
        at = 0;
        plain = true;
        return this;
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

    /** The same, where the text has probably been written before; and what always stands around it. */
    PlainWriter text(String text, KnownBytes known) {
        byte[] ascii = known.of(text);
        plain &= ascii != KnownBytes.NOT_PLAIN;
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
        // The quotient is the double next to the value, which as a decimal of so few digits lies below a whole number
        // only
        // if the value does.
        long power = Decimals.powerOfTen(scale);
        long whole = (long) (units / (double) power);
        return number(whole).character('.').digits(units - whole * power, scale);
    }

    /** @param number not negative */
    PlainWriter number(long number) {
        return digits(number, Decimals.digits(number));
    }

    /** So many digits of a number, which has no more, with zeros before it. */
    PlainWriter digits(long number, int count) {
        reserve(count);
        int place = at + count;
        long left = number;
        // A division of ints takes a third of the time of one of longs, and two digits need only one.
        for (; left > Integer.MAX_VALUE; left /= EIGHT_DIGITS) {
            fill(place - 8, place, (int) (left % EIGHT_DIGITS));
            place -= 8;
        }
        fill(at, place, (int) left);
        at += count;
        return this;
    }

    /** Writes the last digits of a number into the places {@code [from, to)}, with zeros before it. */
    private void fill(int from, int to, int number) {
        int place = to;
        int rest = number;
        for (; place - from >= 2; rest /= 100) {
            place -= 2;
            pair(rest % 100, place);
        }
        if (place > from) {
            bytes[--place] = (byte) ('0' + rest % 10);
        }
    }

    /** A second of a day as {@code 14:30:59}. */
    PlainWriter timeOfDay(int second) {
        reserve(8);
        pair(second / 3600, at);
        bytes[at + 2] = ':';
        pair(second / 60 % 60, at + 3);
        bytes[at + 5] = ':';
        pair(second % 60, at + 6);
        at += 8;
        return this;
    }

    /** A day as {@code 2026-11-20T}, of the years 0 to 9999; most times are of the same day as those before. */
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

    /** Two digits at a place. */
    private void pair(int number, int place) {
        bytes[place] = PAIRS[2 * number];
        bytes[place + 1] = PAIRS[2 * number + 1];
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
                    .digits(date.getMonthValue(), 2)
                    .character('-')
                    .digits(date.getDayOfMonth(), 2)
                    .character('T')
                    .toBytes();
        }
    }
}
