package io.tickhub.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The exact decimals of prices and volumes: at most {@value #MAX_INTEGER_DIGITS} digits before the point and
 * {@value #MAX_SCALE} after it, so that a hostile {@code 1e400} or ten thousand digits cost nothing. Thread safe.
 */
public final class Decimals {

    /** The most digits before the decimal point. */
    public static final int MAX_INTEGER_DIGITS = 18;

    /** The most digits after the decimal point. */
    public static final int MAX_SCALE = 18;

    /** Instead of units, where there are none. */
    public static final long NO_UNITS = -1;

    private static final int MAX_CHARACTERS = 48;

    /** A double has 53 bits: up to here it is told apart from its neighbours by more than a fourth. */
    private static final double LEAST_WITHOUT_UNITS = 1e15;

    private static final long[] POWERS_OF_TEN = new long[MAX_SCALE + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    private Decimals() {}

    /** {@code 10^exponent}, for exponents from 0 to {@value #MAX_SCALE}. */
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /**
     * The unscaled value, {@code value * 10^scale}, of a decimal of up to 15 digits that is not negative; {@link #NO_UNITS} of others. Unlike
     * {@link BigDecimal#unscaledValue} it makes no object.
     *
     * <p>It is exact: the double next to the value is wrong by 2^-53 of it at most, and so is the product with a power of ten, which up to 10^22 is a
     * double itself. Together that is 0.23 of a unit below 10^15 units, and the addition of a half is wrong by 0.07: less than the half that decides.
     */
    public static long units(BigDecimal value) {
        int scale = value.scale();
        if (scale < 0 || scale > MAX_SCALE) {
            return NO_UNITS;
        }
        double units = value.doubleValue() * POWERS_OF_TEN[scale];
        return units >= 0 && units < LEAST_WITHOUT_UNITS ? (long) (units + 0.5) : NO_UNITS;
    }

    /** How many digits a number has that is not negative. */
    static int digits(long number) {
        // Bits times log10(2), which is 1233 / 4096 for so few bits, is right or one too few.
        int least = ((Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233) >>> 12;
        return number >= POWERS_OF_TEN[least] ? least + 1 : Math.max(1, least);
    }

    /**
     * Reads a decimal such as {@code 105433.60} or {@code 1.5E3}; trailing zeros after the point are kept.
     *
     * @throws IllegalArgumentException if the text is no decimal or has too many digits; the message says which, without
     *     repeating the text
     */
    public static BigDecimal parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("has more than " + MAX_CHARACTERS + " characters");
        }
        if (!isAscii(text)) {
            // BigDecimal would take the digits of every script.
            throw new IllegalArgumentException("is not a decimal number", new NumberFormatException());
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a decimal number", e);
        }
        // In long: precision and scale of 1e-2147483647 would overflow an int.
        long scale = value.scale();
        if (scale > MAX_SCALE) {
            throw new IllegalArgumentException("has more than " + MAX_SCALE + " digits after the point");
        }
        if (value.precision() - scale > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("has more than " + MAX_INTEGER_DIGITS + " digits before the point");
        }
        return scale < 0 ? value.setScale(0) : value;
    }

    /** Reads a decimal of up to 18 digits, without sign and exponent, of the bytes {@code [from, to)}; nothing is said about what other texts are. */
    public static Optional<BigDecimal> usual(byte[] bytes, int from, int to) {
        PlainText text = new PlainText(bytes, from, to);
        BigDecimal value = text.decimal();
        return text.isPlainToTheEnd() ? Optional.of(value) : Optional.empty();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
