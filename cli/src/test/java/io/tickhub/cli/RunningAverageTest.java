package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningAverageTest {

    private final RunningAverage average = new RunningAverage();

    @Test
    void isExactWithoutASnapshot() {
        average.add(new BigDecimal("1.00"));
        average.add(new BigDecimal("1.00"));
        average.add(new BigDecimal("2.00"));

        assertThat(average.value()).isEqualByComparingTo("1.333333333333");
    }

    @Test
    void goesOnExactlyFromTheRoundedAverageOfASnapshot() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int scale = random.nextInt(7);
            List<BigDecimal> prices = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3000); i++) {
                prices.add(BigDecimal.valueOf(1 + random.nextInt(100_000_000), scale));
            }
            RunningAverage running = new RunningAverage();
            running.begin(snapshot(prices));

            for (int i = 0; i < 5; i++) {
                BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(100_000_000), scale);
                prices.add(price);
                running.add(price);
                assertThat(running.value()).as("seed %d", seed).isEqualTo(average(prices));
            }
        }
    }

    @Test
    void ignoresTheSnapshotOfASymbolWithoutTicks() {
        average.begin(new PriceStats(
                new Symbol("AAPL"),
                "id",
                0,
                null,
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                0,
                3,
                3,
                0,
                0));
        average.add(BigDecimal.TEN);

        assertThat(average.value()).isEqualByComparingTo("10");
    }

    private static PriceStats snapshot(List<BigDecimal> prices) {
        BigDecimal first = prices.getFirst();
        return new PriceStats(
                new Symbol("AAPL"),
                "id",
                prices.size(),
                first,
                first,
                average(prices),
                first,
                first,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                0,
                prices.size(),
                0,
                0,
                0);
    }

    private static BigDecimal average(List<BigDecimal> prices) {
        return prices.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(prices.size()), RunningAverage.DECIMALS, RoundingMode.HALF_EVEN);
    }
}
