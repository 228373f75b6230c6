package io.tickhub.model;

import java.math.BigDecimal;

/**
 * The exact decimals of prices and volumes: at most {@value #MAX_INTEGER_DIGITS} digits before the point and
 * {@value #MAX_SCALE} after it, so that a hostile {@code 1e400} or ten thousand digits cost nothing. Thread safe.
 */
public final class Decimals {

    /** The most digits before the decimal point. */
    public static final int MAX_INTEGER_DIGITS = 18;

    /** The most digits after the decimal point. */
    public static final int MAX_SCALE = 18;

    private static final int MAX_CHARACTERS = 48;

    private Decimals() {}

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

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
