package io.tickhub.aggregator.exact;

import io.tickhub.model.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sums of price, price squared, volume, and price times volume. For one thread.
 *
 * <p>Prices and volumes of a symbol nearly always have the same few digits after the point. So they are added as longs at a common
 * scale, the way exchanges count in ticks; a value that does not fit moves the scale, and one with too many digits for a long is
 * added as BigDecimal. Which way a value takes changes the time, never the sum.
 */
public final class ExactSums {

    private static final long DOES_NOT_FIT = -1;
    private final ExactSum price;
    private final ExactSum squaredPrice;
    private final ExactSum volume;
    private final ExactSum turnover;
    private int priceScale;
    private int volumeScale;

    public ExactSums() {
        this(Sums.NONE);
    }

    public ExactSums(Sums sums) {
        price = new ExactSum(sums.price());
        squaredPrice = new ExactSum(sums.squaredPrice());
        volume = new ExactSum(sums.volume());
        turnover = new ExactSum(sums.turnover());
    }

    /** Adds one trade; neither value may be negative, and both scales lie between 0 and 18. */
    public void add(BigDecimal tradedPrice, BigDecimal tradedVolume) {
        long priceUnits = units(tradedPrice, priceScale);
        long volumeUnits = units(tradedVolume, volumeScale);
        if (priceUnits == DOES_NOT_FIT || volumeUnits == DOES_NOT_FIT) {
            moveScales(fittingScale(tradedPrice, priceScale), fittingScale(tradedVolume, volumeScale));
            priceUnits = units(tradedPrice, priceScale);
            volumeUnits = units(tradedVolume, volumeScale);
        }
        if (priceUnits == DOES_NOT_FIT || volumeUnits == DOES_NOT_FIT) {
            price.add(tradedPrice);
            squaredPrice.add(tradedPrice.multiply(tradedPrice));
            volume.add(tradedVolume);
            turnover.add(tradedPrice.multiply(tradedVolume));
        } else {
            price.add(priceUnits);
            squaredPrice.addProduct(priceUnits, priceUnits);
            volume.add(volumeUnits);
            turnover.addProduct(priceUnits, volumeUnits);
        }
    }

    public BigDecimal volume() {
        return volume.value();
    }

    /** Of price times volume. */
    public BigDecimal turnover() {
        return turnover.value();
    }

    public boolean hasVolume() {
        return volume.value().signum() != 0;
    }

    /** Arithmetic mean of the prices. */
    public BigDecimal average(long count) {
        return Rounding.quotient(price.value(), BigDecimal.valueOf(count));
    }

    /**
     * VWAP, sum(price * volume) / sum(volume): Berkowitz, Logue, Noser: The Total Cost of Transactions on the NYSE, The Journal of
     * Finance 43, 1988.
     */
    public BigDecimal volumeWeightedAverage() {
        return Rounding.quotient(turnover.value(), volume.value());
    }

    public BigDecimal standardDeviation(long count) {
        return Rounding.standardDeviation(count, price.value(), squaredPrice.value());
    }

    public Sums toState() {
        return new Sums(price.value(), squaredPrice.value(), volume.value(), turnover.value());
    }

    private void moveScales(int newPriceScale, int newVolumeScale) {
        if (newPriceScale == priceScale && newVolumeScale == volumeScale) {
            return;
        }
        priceScale = newPriceScale;
        volumeScale = newVolumeScale;
        price.useScale(priceScale);
        squaredPrice.useScale(2 * priceScale);
        volume.useScale(volumeScale);
        turnover.useScale(priceScale + volumeScale);
    }

    /** The scale as it is or, if it must be, greater; if the value fits at neither, the value's own; the present one if at none. */
    private static int fittingScale(BigDecimal value, int scale) {
        int greater = Math.max(scale, value.scale());
        if (units(value, greater) != DOES_NOT_FIT) {
            return greater;
        }
        return units(value, value.scale()) != DOES_NOT_FIT ? value.scale() : scale;
    }

    private static long units(BigDecimal value, int scale) {
        int shift = scale - value.scale();
        long units = shift < 0 ? DOES_NOT_FIT : units(value);
        if (shift <= 0 || units == DOES_NOT_FIT) {
            return units;
        }
        long power = Decimals.powerOfTen(shift);
        return units <= Long.MAX_VALUE / power ? units * power : DOES_NOT_FIT;
    }

    private static long units(BigDecimal value) {
        long units = Decimals.units(value);
        if (units != Decimals.NO_UNITS) {
            return units;
        }
        BigInteger unscaled = value.unscaledValue();
        return unscaled.bitLength() < Long.SIZE ? unscaled.longValue() : DOES_NOT_FIT;
    }
}
