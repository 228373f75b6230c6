package io.tickhub.aggregator.exact;

import java.math.BigDecimal;

/**
 * Exact sums over ticks, as they are kept. Immutable.
 *
 * @param price of price
 * @param squaredPrice of price squared
 * @param volume of volume
 * @param turnover of price times volume
 */
public record Sums(BigDecimal price, BigDecimal squaredPrice, BigDecimal volume, BigDecimal turnover) {

    /** Of no ticks. */
    public static final Sums NONE = new Sums(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** @throws IllegalArgumentException if a sum is missing */
    public Sums {
        if (price == null || squaredPrice == null || volume == null || turnover == null) {
            throw new IllegalArgumentException("a sum is missing");
        }
    }
}
