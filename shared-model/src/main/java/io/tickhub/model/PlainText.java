package io.tickhub.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads bytes from left to right for as long as they are plain: ASCII, without escapes, in the one form that is expected. Anything else
 * makes the text not plain for good, and what is read from then on means nothing; so a reader asks once, when it is done. For one thread.
 */
final class PlainText {

    /** The most digits of a decimal: so many always fit into a long. */
    private static final int MOST_DIGITS = 18;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean plain = true;

    PlainText(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Of the bytes {@code [from, to)}. */
    PlainText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Whether everything was as expected so far. */
    boolean isPlain() {
        return plain;
    }

    /** Whether everything was as expected and nothing is left. */
    boolean isPlainToTheEnd() {
        return plain && at == end;
    }

    void fail() {
        plain = false;
    }

    void expect(char c) {
        plain &= skip(c);
    }

    void expect(byte[] ascii) {
        plain &= skip(ascii);
    }

    /** Passes over a character if it is the next one. */
    boolean skip(char c) {
        boolean isNext = at < end && bytes[at] == c;
        at += isNext ? 1 : 0;
        return isNext;
    }

    /** Passes over some characters if they are the next ones. */
    boolean skip(byte[] ascii) {
        int after = at + ascii.length;
        if (after > end) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (bytes[at + i] != ascii[i]) {
                return false;
            }
        }
        at = after;
        return true;
    }

    /** The text must be next, in ASCII and without anything that JSON writes as an escape. */
    void expect(String text) {
        int length = text.length();
        if (at + length > end) {
            fail();
            return;
        }
        boolean same = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            // A byte of anything but ASCII is negative, and so no character.
            same &= c == bytes[at + i] && c != '"' && c != '\\';
        }
        plain &= same;
        at += length;
    }

    /** What is read, up to {@link #end}. */
    byte[] bytes() {
        return bytes;
    }

    /** The place after the last byte. */
    int end() {
        return end;
    }

    /** Where the next byte stands. */
    int place() {
        return at;
    }

    /** Goes on at another place, no later than the end. */
    void moveTo(int place) {
        at = place;
    }

    /** A number as JSON writes it, but without sign and exponent, of up to {@value #MOST_DIGITS} digits. */
    BigDecimal decimal() {
        int from = at;
        long units = wholeNumber(0);
        int whole = at - from;
        int scale = 0;
        if (skip('.')) {
            int point = at;
            units = wholeNumber(units);
            scale = at - point;
            plain &= scale > 0;
        }
        boolean beginsAsNumbersDo = whole == 1 || (whole > 1 && bytes[from] != '0');
        if (!beginsAsNumbersDo || whole + scale > MOST_DIGITS) {
            fail();
            return BigDecimal.ZERO;
        }
        return BigDecimal.valueOf(units, scale);
    }

    private long wholeNumber(long start) {
        long number = start;
        int i = at;
        while (i < end && isDigit(bytes[i])) {
            number = 10 * number + (bytes[i] - '0');
            i++;
        }
        at = i;
        return number;
    }

    /** Up to so many characters before the next quotation mark, which is passed over. */
    String quoted(int most) {
        int from = at;
        int to = endOfQuoted(most);
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The same, where the text has probably been seen before. */
    String quoted(int most, KnownTexts known) {
        int from = at;
        return known.of(bytes, from, endOfQuoted(most));
    }

    private int endOfQuoted(int most) {
        int last = Math.min(end - 1, at + most);
        int i = at;
        while (i < last && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        at = i;
        expect('"');
        return i;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
