package io.tickhub.cli;

import io.tickhub.model.PriceStats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The average price of one symbol over its statistics' snapshot and every tick since, rounded as in the statistics: HALF_EVEN to
 * {@value #DECIMALS} decimals. For one thread.
 *
 * <p>A snapshot holds the rounded average, not the sum. The sum is a multiple of the smallest price step, and the average is known to
 * half a unit of its last decimal; so as long as {@code count} units of that decimal are less than a price step, only one multiple
 * fits, and that is the exact sum. Beyond, the average may be off in its last decimal.
 */
final class RunningAverage {

    static final int DECIMALS = 12;

    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    /** Begins with the ticks of a snapshot. */
    void begin(PriceStats snapshot) {
        count = snapshot.count();
        sum = count == 0 ? BigDecimal.ZERO : sum(snapshot);
    }

    void add(BigDecimal price) {
        sum = sum.add(price);
        count++;
    }

    /** @throws ArithmeticException before the first tick */
    BigDecimal value() {
        return sum.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal sum(PriceStats snapshot) {
        List<BigDecimal> prices = Stream.of(
                        snapshot.minPrice(), snapshot.maxPrice(), snapshot.openPrice(), snapshot.lastPrice())
                .filter(Objects::nonNull)
                .toList();
        BigDecimal ticks = BigDecimal.valueOf(snapshot.count());
        BigDecimal nearly = snapshot.avgPrice().multiply(ticks);
        int scale = prices.stream().mapToInt(BigDecimal::scale).max().orElse(DECIMALS);
        BigDecimal whole = nearly.setScale(scale, RoundingMode.HALF_EVEN);
        BigDecimal error = ticks.movePointLeft(DECIMALS);
        boolean isOnlyOne = error.compareTo(BigDecimal.ONE.movePointLeft(scale)) < 0;
        boolean fits = whole.subtract(nearly).abs().multiply(BigDecimal.TWO).compareTo(error) <= 0;
        return isOnlyOne && fits ? whole : nearly;
    }
}
