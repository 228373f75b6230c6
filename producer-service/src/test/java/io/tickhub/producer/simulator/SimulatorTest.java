package io.tickhub.producer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    @Test
    void theSameSeedGivesTheSameTicks() {
        assertThat(ticks(42, CENT, 3_000, "AAPL", "MSFT", "BTC-USD"))
                .isEqualTo(ticks(42, CENT, 3_000, "AAPL", "MSFT", "BTC-USD"))
                .isNotEqualTo(ticks(43, CENT, 3_000, "AAPL", "MSFT", "BTC-USD"));
    }

    @Test
    void aSeedMeansTheseTicksOnEveryMachine() {
        assertThat(ticks(42, CENT, 3, "AAPL", "MSFT", "BTC-USD"))
                .extracting(tick -> tick.symbol() + " " + tick.price() + " " + tick.volume())
                .containsExactly("AAPL 187.25 121", "MSFT 421.50 62", "BTC-USD 105425.33 0.0062");
    }

    @Test
    void aSymbolWalksTheSameWayWhoeverWalksBesideIt() {
        List<Tick> alone = ticks(7, CENT, 500, "MSFT");
        List<Tick> together = ticks(7, CENT, 1_500, "AAPL", "MSFT", "BTC-USD").stream()
                .filter(tick -> tick.symbol().name().equals("MSFT"))
                .toList();
        assertThat(together).isEqualTo(alone);
        assertThat(alone).extracting(Tick::price).isNotEqualTo(pricesOf("AAPL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "0.00000001", "0.05", "0.25", "1000"})
    void everyPriceIsAPositiveMultipleOfTheTickSize(String tickSize) {
        BigDecimal size = new BigDecimal(tickSize);
        Set<BigDecimal> prices = new HashSet<>();
        for (Tick tick : ticks(1, size, 20_000, "AAPL", "BTC-USD")) {
            assertThat(tick.price()).isPositive();
            assertThat(tick.price().remainder(size)).isZero();
            assertThat(tick.price().scale()).isEqualTo(size.scale());
            assertThat(tick.volume()).isPositive();
            prices.add(tick.price());
        }
        assertThat(prices).as("the price moves").hasSizeGreaterThan(3);
    }

    @Test
    void pairsTradeInFractionsAndSharesInWholePieces() {
        assertThat(ticks(1, CENT, 100, "AAPL")).allMatch(tick -> tick.volume().scale() == 0);
        assertThat(ticks(1, CENT, 100, "BTC-USD"))
                .allMatch(tick -> tick.volume().scale() == 4);
    }

    @Test
    void symbolsTakeTurnsAndCountTheirOwnIds() {
        List<Tick> ticks = ticks(1, CENT, 6, "AAPL", "MSFT", "BTC-USD");
        assertThat(ticks)
                .extracting(tick -> tick.symbol() + "#" + tick.id())
                .containsExactly("AAPL#1", "MSFT#1", "BTC-USD#1", "AAPL#2", "MSFT#2", "BTC-USD#2");
        assertThat(ticks)
                .allMatch(tick -> tick.timestamp().equals(NOW) && tick.source().equals("sim-1"));
    }

    @Test
    void theScheduleIsExact() {
        Simulator simulator = simulator(1, CENT, 60, "AAPL");
        for (int n = 0; n < 60 * 60; n++) {
            assertThat(simulator.due()).hasValue(Math.floorDiv(n * 1_000_000_000L, 60));
            simulator.next();
        }
        assertThat(simulator.due()).hasValue(60 * 1_000_000_000L);
    }

    @Test
    void aPriceIsReflectedBeforeItRunsAway() {
        RandomWalk walk = new RandomWalk(Instrument.of(new Symbol("AAPL"), CENT), 5);
        for (int n = 0; n < 1_000_000; n++) {
            assertThat(walk.nextPrice().doubleValue()).isBetween(0.18, 187_251.0);
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> simulator(1, CENT, 0, "AAPL"));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator(1, CENT, 100_001, "AAPL"));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator(1, CENT, 60, "AAPL", "AAPL"));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator(1, CENT, 60));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator(1, BigDecimal.ZERO, 60, "AAPL"));
    }

    private static List<BigDecimal> pricesOf(String symbol) {
        return ticks(7, CENT, 500, symbol).stream().map(Tick::price).toList();
    }

    private static List<Tick> ticks(long seed, BigDecimal tickSize, int count, String... symbols) {
        Simulator simulator = simulator(seed, tickSize, 60, symbols);
        List<Tick> ticks = new ArrayList<>();
        while (ticks.size() < count) {
            if (simulator.next() instanceof SourceItem.Good good) {
                ticks.add(good.tick());
            }
        }
        return ticks;
    }

    private static Simulator simulator(long seed, BigDecimal tickSize, int ratePerSecond, String... symbols) {
        SimulatorConfig config =
                new SimulatorConfig(Stream.of(symbols).map(Symbol::new).toList(), ratePerSecond, seed, tickSize);
        return new Simulator(config, "sim-1", InstantSource.fixed(NOW));
    }
}
