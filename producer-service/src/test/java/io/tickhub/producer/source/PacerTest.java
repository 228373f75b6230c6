package io.tickhub.producer.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import io.tickhub.producer.simulator.Simulator;
import io.tickhub.producer.simulator.SimulatorConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long OVERSHOOT = 700_000;
    private static final long COST_OF_A_TICK = 2_000;

    private final FakeClock clock = new FakeClock(OVERSHOOT);
    private final Pacer pacer = new Pacer(clock, Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 100_000})
    void everyTickIsOnTimeHoweverLongItRuns(int ratePerSecond) throws InterruptedException {
        Simulator simulator = simulator(ratePerSecond);
        long start = clock.nanos();
        long ticks = 30L * ratePerSecond;
        long mostLate = 0;
        long leastLate = 0;
        for (long n = 0; n < ticks; n++) {
            long due = simulator.due().orElseThrow();
            pacer.awaitDue(due);
            long late = clock.nanos() - start - due;
            leastLate = Math.min(leastLate, late);
            mostLate = Math.max(mostLate, late);
            simulator.next();
            clock.pass(COST_OF_A_TICK);
        }
        assertThat(leastLate).as("no tick comes early").isZero();
        // A shortest sleep and its overshoot, at the 30th second as at the first.
        assertThat(mostLate).isLessThan(Pacer.SHORTEST_WAIT.toNanos() + OVERSHOOT + 1);
        assertThat(clock.nanos() - start).isBetween(30 * SECOND - SECOND / ratePerSecond, 30 * SECOND + 2_000_000);
        assertThat(pacer.givenUp()).isZero();
    }

    @Test
    void aHighRateWorksInBatches() throws InterruptedException {
        Simulator simulator = simulator(100_000);
        for (int n = 0; n < 100_000; n++) {
            pacer.awaitDue(simulator.due().orElseThrow());
            simulator.next();
            clock.pass(COST_OF_A_TICK);
        }
        assertThat(clock.sleeps()).isBetween(300L, 1_000L);
    }

    @Test
    void aShortDelayIsMadeUpFor() throws InterruptedException {
        pacer.awaitDue(0);
        clock.pass(SECOND / 2);
        long start = clock.nanos();
        pacer.awaitDue(SECOND / 4);
        pacer.awaitDue(SECOND / 2);
        assertThat(clock.nanos()).isEqualTo(start);
        assertThat(pacer.givenUp()).isZero();
    }

    @Test
    void aLongDelayIsGivenUpInsteadOfAFlood() throws InterruptedException {
        pacer.awaitDue(0);
        clock.pass(60 * SECOND);
        pacer.awaitDue(SECOND);
        long start = clock.nanos();
        pacer.awaitDue(2 * SECOND);
        assertThat(clock.nanos() - start).isEqualTo(SECOND + OVERSHOOT);
        assertThat(pacer.givenUp()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void whatIsDueAtOnceNeverWaits() throws InterruptedException {
        pacer.awaitDue(TickSource.AT_ONCE);
        pacer.awaitDue(0);
        pacer.awaitDue(TickSource.AT_ONCE);
        assertThat(clock.sleeps()).isZero();
        pacer.awaitDue(SECOND);
        assertThat(clock.sleeps()).isEqualTo(1);
    }

    private static Simulator simulator(int ratePerSecond) {
        SimulatorConfig config = new SimulatorConfig(
                List.of(new Symbol("AAPL"), new Symbol("MSFT")), ratePerSecond, 1, new BigDecimal("0.01"));
        return new Simulator(config, "sim-1", InstantSource.fixed(Instant.EPOCH));
    }
}
