package io.tickhub.aggregator.exact;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact sum of decimals that are not negative. It adds scaled integers into 128 bits, at one scale for all of them, and folds
 * these into a {@link BigDecimal} when they are full or when the scale changes. For one thread.
 */
final class ExactSum {

    /** From here on the next product of two longs might not fit into 127 bits any more. */
    private static final long FULL = 1L << 62;

    private BigDecimal folded;
    private int scale;
    private long high;
    private long low;

    ExactSum(BigDecimal start) {
        this.folded = start;
    }

    /** Adds {@code units * 10^-scale} with the scale last set; {@code units} must not be negative. */
    void add(long units) {
        add(0, units);
    }

    /** Adds {@code a * b * 10^-scale} with the scale last set; neither factor may be negative. */
    void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    /** Adds any decimal, slowly. */
    void add(BigDecimal value) {
        folded = folded.add(value);
    }

    /** Sets the scale of the integers that are added from now on. */
    void useScale(int newScale) {
        fold();
        scale = newScale;
    }

    /** The sum; its scale is the greatest of all that were added. */
    BigDecimal value() {
        fold();
        return folded;
    }

    private void add(long addedHigh, long addedLow) {
        low += addedLow;
        long carry = Long.compareUnsigned(low, addedLow) < 0 ? 1 : 0;
        high += addedHigh + carry;
        if (high >= FULL) {
            fold();
        }
    }

    private void fold() {
        if (high == 0 && low >= 0) {
            // Nothing but a scale that is greater can change a sum to which nothing is added.
            if (low != 0 || scale > folded.scale()) {
                folded = folded.add(BigDecimal.valueOf(low, scale));
            }
        } else {
            BigInteger units = BigInteger.valueOf(high)
                    .shiftLeft(Long.SIZE)
                    .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                    .add(BigInteger.valueOf(low & 1));
            folded = folded.add(new BigDecimal(units, scale));
        }
        high = 0;
        low = 0;
    }
}
