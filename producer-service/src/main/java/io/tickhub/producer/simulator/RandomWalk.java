package io.tickhub.producer.simulator;

import java.math.BigDecimal;
import java.util.Random;

/**
 * A geometric random walk: each step multiplies the price by {@code exp(v z - v^2 / 2)} with z from the standard normal
 * distribution and v the volatility of a step (geometric Brownian motion without drift). Used by one thread.
 *
 * <p>The walk itself is a double; what leaves this class is a whole number of tick sizes or lots. {@link Random} and
 * {@link StrictMath} are specified to the last bit, so a seed gives the same prices everywhere.
 */
final class RandomWalk {

    /** Standard deviation of one step's logarithm. */
    private static final double VOLATILITY = 0.0002;

    /** The walk is reflected at so many times its first price, and at that part of it: it runs for years. */
    private static final double ROOM = 1000;

    private static final double MEAN_LOTS = 100;

    private final Instrument instrument;
    private final Random random;
    private final double tickSize;
    private double level;

    RandomWalk(Instrument instrument, long seed) {
        this.instrument = instrument;
        // The symbol is mixed in, so that its walk does not depend on which others run beside it.
        this.random = new Random(
                seed * 0x9E3779B97F4A7C15L + instrument.symbol().name().hashCode());
        this.tickSize = instrument.tickSize().doubleValue();
        this.level = instrument.firstPrice();
    }

    /** The next price, a positive multiple of the tick size. */
    BigDecimal nextPrice() {
        double step = VOLATILITY * random.nextGaussian() - VOLATILITY * VOLATILITY / 2;
        level = reflected(level * StrictMath.exp(step));
        return instrument.tickSize().multiply(BigDecimal.valueOf(Math.max(1, Math.round(level / tickSize))));
    }

    /** The next volume, a positive multiple of the lot size: small trades are frequent, large ones rare. */
    BigDecimal nextVolume() {
        double lots = -MEAN_LOTS * StrictMath.log(1 - random.nextDouble());
        return instrument.lotSize().multiply(BigDecimal.valueOf(1 + (long) lots));
    }

    private double reflected(double next) {
        double high = instrument.firstPrice() * ROOM;
        double low = instrument.firstPrice() / ROOM;
        if (next > high) {
            return high * high / next;
        }
        return next < low ? low * low / next : next;
    }
}
