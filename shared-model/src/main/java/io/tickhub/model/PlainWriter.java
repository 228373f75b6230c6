package io.tickhub.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Writes text of ASCII without escapes into one array of bytes. A text that needs more than that makes all of it not plain for good; so a writer asks
 * once, when it is done. For one thread.
 */
final class PlainWriter {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

    PlainWriter ascii(Ascii text) {
        reserve(text.room());
        text.copyTo(bytes, at);
        at += text.length();
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
        Ascii ascii = known.of(text);
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
        int count = Math.max(Decimals.digits(units), scale + 1);
        if (count <= Digits.MOST) {
            int whole = count - scale;
            long digits = Digits.of((int) units, count);
            return word(digits, whole).character('.').word(digits >>> (whole * Byte.SIZE), scale);
        }
        long power = Decimals.powerOfTen(scale);
        return number(units / power).character('.').digits(units % power, scale);
    }

    /** @param number not negative */
    PlainWriter number(long number) {
        return digits(number, Decimals.digits(number));
    }

    /** So many digits of a number, which has no more, with zeros before it. */
    PlainWriter digits(long number, int count) {
        return count <= Digits.MOST
                ? word(Digits.of((int) number, count), count)
                : digits(number / Digits.LIMIT, count - Digits.MOST).digits(number % Digits.LIMIT, Digits.MOST);
    }

    /** A second of a day as {@code 14:30:59}. */
    PlainWriter timeOfDay(int second) {
        int parts = (second / 3600) * 1_000_000 + (second / 60 % 60) * 1_000 + second % 60;
        // A colon is the character after the nine.
        return word(Digits.of(parts, 8) + (10L << (2 * Byte.SIZE)) + (10L << (5 * Byte.SIZE)), 8);
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

    /** So many of eight characters, of which the lowest byte is the first. */
    private PlainWriter word(long characters, int count) {
        reserve(Long.BYTES);
        WORD.set(bytes, at, characters);
        at += count;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more));
        }
    }

    private static final class Day {

        private final long epochDay;
        private final Ascii text;

        Day(long epochDay) {
            this.epochDay = epochDay;
            this.text = new Ascii(LocalDate.ofEpochDay(epochDay) + "T");
        }
    }
}
