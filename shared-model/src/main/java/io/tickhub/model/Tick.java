package io.tickhub.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One trade: the value of a record on {@code ticks.<symbol>}. Immutable.
 *
 * @param symbol the instrument
 * @param price price of one unit in the quote currency, above 0, within the digits of {@link Decimals}
 * @param volume units traded, 0 or more, within the digits of {@link Decimals}
 * @param timestamp event time, when the trade happened, years 1 to 9999 in UTC
 * @param source who published it, empty if unknown
 * @param id the source's own number of the trade, empty if unknown
 */
public record Tick(Symbol symbol, BigDecimal price, BigDecimal volume, Instant timestamp, String source, String id) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** @throws IllegalArgumentException if price, volume or timestamp are out of range */
    public Tick {
        if (price.signum() <= 0) {
            throw new IllegalArgumentException("price must be above 0");
        }
        if (volume.signum() < 0) {
            throw new IllegalArgumentException("volume must not be negative");
        }
        if (!isInRange(timestamp)) {
            throw new IllegalArgumentException("timestamp must lie in the years 1 to 9999");
        }
    }

    /** Whether a tick can have this event time. */
    public static boolean isInRange(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
