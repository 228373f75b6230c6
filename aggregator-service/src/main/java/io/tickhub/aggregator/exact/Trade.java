package io.tickhub.aggregator.exact;

import io.tickhub.model.Decimals;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A tick with its price and volume as integers, which several sums need. Immutable.
 *
 * @param tick the tick
 * @param priceUnits unscaled value of the price, {@link #NO_UNITS} if it has too many digits for a long
 * @param volumeUnits the same of the volume
 */
public record Trade(Tick tick, long priceUnits, long volumeUnits) {

    /** Instead of units, where there are none. */
    public static final long NO_UNITS = Decimals.NO_UNITS;

    public static Trade of(Tick tick) {
        return new Trade(tick, units(tick.price()), units(tick.volume()));
    }

    public BigDecimal price() {
        return tick.price();
    }

    public BigDecimal volume() {
        return tick.volume();
    }

    public Instant timestamp() {
        return tick.timestamp();
    }

    private static long units(BigDecimal value) {
        long units = Decimals.units(value);
        if (units != Decimals.NO_UNITS) {
            return units;
        }
        BigInteger unscaled = value.unscaledValue();
        return unscaled.bitLength() < Long.SIZE ? unscaled.longValue() : NO_UNITS;
    }
}
