package io.tickhub.producer.replay;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How fast a file is replayed: so many times as fast as it happened, or as fast as Kafka takes it. Immutable.
 *
 * @param factor seconds of event time per second, infinite for {@code max}
 */
public record Speed(double factor) {

    /** As fast as Kafka takes it. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final BigDecimal LARGEST = new BigDecimal("1000000");
    private static final BigDecimal SMALLEST = new BigDecimal("0.001");

    /**
     * Reads {@code 1x}, {@code 60x} or {@code max}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        try {
            if (text.endsWith("x") && text.length() < 16) {
                BigDecimal factor = new BigDecimal(text.substring(0, text.length() - 1));
                if (factor.compareTo(SMALLEST) >= 0 && factor.compareTo(LARGEST) <= 0) {
                    return new Speed(factor.doubleValue());
                }
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "a speed is 'max' or a number from 0.001 to 1000000 with an x, such as 1x or 60x");
    }

    boolean isMax() {
        return Double.isInfinite(factor);
    }

    /** Nanoseconds in which so much event time passes. */
    long nanosFor(Duration eventTime) {
        // In doubles: a century has more nanoseconds than a long, and the cast saturates.
        return (long) ((eventTime.toSeconds() * 1e9 + eventTime.toNanosPart()) / factor);
    }

    @Override
    public String toString() {
        return isMax() ? "max" : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x";
    }
}
