package io.tickhub.producer.simulator;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source without end: the symbols take turns, evenly spread over time, each on its own random walk with ids that count up from
 * 1. Everything but the timestamps follows from the seed. Used by one thread.
 */
public final class Simulator implements TickSource {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<Market> markets;
    private final int ratePerSecond;
    private final String sourceName;
    private final InstantSource clock;
    private long taken;

    /** {@code sourceName} stands in each tick; {@code clock} gives the event times. */
    public Simulator(SimulatorConfig config, String sourceName, InstantSource clock) {
        this.markets = config.symbols().stream()
                .map(symbol -> Instrument.of(symbol, config.tickSize()))
                .map(instrument -> new Market(instrument.symbol(), new RandomWalk(instrument, config.seed())))
                .toList();
        this.ratePerSecond = config.ratePerSecond();
        this.sourceName = sourceName;
        this.clock = clock;
    }

    /** The n-th tick is due n / rate seconds after the first, computed without rounding that could add up. */
    @Override
    public OptionalLong due() {
        long seconds = taken / ratePerSecond;
        long rest = taken % ratePerSecond;
        return OptionalLong.of(seconds * NANOS_PER_SECOND + rest * NANOS_PER_SECOND / ratePerSecond);
    }

    @Override
    public SourceItem next() {
        Market market = markets.get((int) (taken % markets.size()));
        taken++;
        Tick tick = new Tick(
                market.symbol,
                market.walk.nextPrice(),
                market.walk.nextVolume(),
                // Finer digits mean nothing, and make every record longer.
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                sourceName,
                Long.toString(++market.lastId));
        return new SourceItem.Good(tick, Optional.empty());
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    /** One symbol's walk and its count of ticks. */
    private static final class Market {

        private final Symbol symbol;
        private final RandomWalk walk;
        private long lastId;

        Market(Symbol symbol, RandomWalk walk) {
            this.symbol = symbol;
            this.walk = walk;
        }
    }
}
