package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AccumulatorTest {

    private static final Symbol SYMBOL = new Symbol("BTC-USD");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Accumulator accumulator = new Accumulator(SYMBOL, "topic-1", 0);

    @Test
    void oneTickIsItsOwnMinimumMaximumAverageOpenAndLast() {
        accumulator.add(0, Trade.of(tick("187.250", "300", NOON)));

        PriceStats stats = accumulator.toStats();
        assertThat(stats.count()).isEqualTo(1);
        assertThat(stats.minPrice()).hasToString("187.250");
        assertThat(stats.maxPrice()).hasToString("187.250");
        assertThat(stats.openPrice()).hasToString("187.250");
        assertThat(stats.lastPrice()).hasToString("187.250");
        assertThat(stats.avgPrice()).hasToString("187.25");
        assertThat(stats.vwap()).hasToString("187.25");
        assertThat(stats.stdDev()).hasToString("0");
        assertThat(stats.durationSeconds()).hasToString("0");
        assertThat(stats.volume()).hasToString("300");
    }

    @Test
    void openAndLastGoByEventTimeAndAmongEqualTimesByOffset() {
        accumulator.add(0, Trade.of(tick("3", "1", NOON)));
        accumulator.add(1, Trade.of(tick("4", "1", NOON)));
        accumulator.add(2, Trade.of(tick("1", "1", NOON.minusSeconds(1))));
        accumulator.add(3, Trade.of(tick("2", "1", NOON.minusSeconds(1))));

        PriceStats stats = accumulator.toStats();
        assertThat(stats.openPrice()).hasToString("1");
        assertThat(stats.lastPrice()).hasToString("4");
        assertThat(stats.firstTimestamp()).isEqualTo(NOON.minusSeconds(1));
        assertThat(stats.lastTimestamp()).isEqualTo(NOON);
        assertThat(stats.durationSeconds()).hasToString("1");
    }

    @Test
    void withoutVolumeThereIsNoWeightedAverage() {
        accumulator.add(0, Trade.of(tick("3", "0", NOON)));
        accumulator.add(1, Trade.of(tick("4", "0.00", NOON)));

        assertThat(accumulator.toStats().vwap()).isNull();
        assertThat(accumulator.toStats().volume()).hasToString("0.00");
        assertThat(accumulator.toStats().avgPrice()).hasToString("3.5");
    }

    @Test
    void everyOffsetIsAccountedForOnce() {
        Accumulator from10 = new Accumulator(SYMBOL, "topic-1", 10);
        from10.missTo(15);
        from10.add(15, Trade.of(tick("1", "1", NOON)));
        from10.reject(18);
        from10.skipTo(21);

        PriceStats stats = from10.toStats();
        assertThat(stats.since()).isEqualTo(10);
        assertThat(stats.asOf()).isEqualTo(21);
        assertThat(stats.count()).isEqualTo(1);
        assertThat(stats.rejected()).isEqualTo(1);
        assertThat(stats.missed()).isEqualTo(5);
        assertThat(stats.skipped()).isEqualTo(4);
    }

    @Test
    void anOffsetReadTwiceIsAFault() {
        accumulator.add(0, Trade.of(tick("1", "1", NOON)));

        assertThatThrownBy(() -> accumulator.add(0, Trade.of(tick("1", "1", NOON))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("offset 0 of BTC-USD was read again");
    }

    @Test
    void usualTicksEqualThePlainModel() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            compare("usual " + round, random, () -> decimal(random, 6, 2), () -> decimal(random, 3, random.nextInt(9)));
        }
    }

    @Test
    void ticksOfMixedScalesEqualThePlainModel() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            compare(
                    "mixed " + round,
                    random,
                    () -> decimal(random, 1 + random.nextInt(6), random.nextInt(19)),
                    () -> random.nextInt(4) == 0 ? BigDecimal.ZERO : decimal(random, 1, random.nextInt(19)));
        }
    }

    @Test
    void ticksWithAllDigitsThereAreEqualThePlainModel() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            compare(
                    "extreme " + round,
                    random,
                    () -> random.nextBoolean() ? decimal(random, 18, 18) : decimal(random, 18, 0),
                    () -> random.nextBoolean() ? decimal(random, 18, 0) : decimal(random, 0, 18));
        }
    }

    @Test
    void sumsThatOverflow128BitsEqualThePlainModel() {
        PlainModel model = new PlainModel();
        for (int i = 0; i < 100; i++) {
            // Nearly 2^63 in the smallest unit: the square alone has 126 bits.
            Tick tick = tick("9.22337203685477580" + i % 8, "9.223372036854775807", NOON);
            accumulator.add(i, Trade.of(tick));
            model.add(tick);
        }
        model.assertSame(accumulator.toStats(), "wide");
    }

    private static void compare(String name, Random random, Supplier<BigDecimal> prices, Supplier<BigDecimal> volumes) {
        Accumulator accumulator = new Accumulator(SYMBOL, "topic-1", 0);
        PlainModel model = new PlainModel();
        int ticks = random.nextInt(60);
        for (int i = 0; i < ticks; i++) {
            // Few different times, in any order, so that ties are common.
            Instant time = NOON.plusNanos(random.nextInt(5) * 1_000_000_007L);
            Tick tick = new Tick(SYMBOL, prices.get(), volumes.get(), time, "", "");
            accumulator.add(i, Trade.of(tick));
            model.add(tick);
            if (random.nextInt(10) == 0) {
                model.assertSame(accumulator.toStats(), name + " after " + (i + 1));
                accumulator = new Accumulator(
                        AggregatorState.fromJson(SYMBOL, accumulator.toState().toJson()));
            }
        }
        model.assertSame(accumulator.toStats(), name);
    }

    /** Above 0, with up to so many digits before the point and exactly so many after it. */
    private static BigDecimal decimal(Random random, int integerDigits, int scale) {
        BigInteger bound = BigInteger.TEN.pow(integerDigits + scale);
        BigInteger units = new BigInteger(bound.bitLength() + 8, random).mod(bound);
        return new BigDecimal(units.max(BigInteger.ONE), scale);
    }

    private static Tick tick(String price, String volume, Instant time) {
        return new Tick(SYMBOL, new BigDecimal(price), new BigDecimal(volume), time, "", "");
    }
}
