package io.tickhub.aggregator.exact;

import io.tickhub.model.Decimals;
import java.math.BigDecimal;

/**
 * The exact sums of price, price squared, volume, and price times volume. For one thread.
 *
 * <p>Prices and volumes of a symbol nearly always have the same few digits after the point. So they are added as longs at a common
 * scale, the way exchanges count in ticks; a value that does not fit moves the scale, and one with too many digits for a long is
 * added as BigDecimal. Which way a value takes changes the time, never the sum.
 */
public final class ExactSums {

    private static final long DOES_NOT_FIT = Trade.NO_UNITS;

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
    public void add(Trade trade) {
        int tradedPriceScale = trade.price().scale();
        int tradedVolumeScale = trade.volume().scale();
        long priceUnits = scaled(trade.priceUnits(), tradedPriceScale, priceScale);
        long volumeUnits = scaled(trade.volumeUnits(), tradedVolumeScale, volumeScale);
        if (priceUnits == DOES_NOT_FIT || volumeUnits == DOES_NOT_FIT) {
            moveScales(
                    fittingScale(trade.priceUnits(), tradedPriceScale, priceScale),
                    fittingScale(trade.volumeUnits(), tradedVolumeScale, volumeScale));
            priceUnits = scaled(trade.priceUnits(), tradedPriceScale, priceScale);
            volumeUnits = scaled(trade.volumeUnits(), tradedVolumeScale, volumeScale);
        }
        if (priceUnits == DOES_NOT_FIT || volumeUnits == DOES_NOT_FIT) {
            addSlowly(trade.price(), trade.volume());
        } else {
            price.add(priceUnits);
            squaredPrice.addProduct(priceUnits, priceUnits);
            volume.add(volumeUnits);
            turnover.addProduct(priceUnits, volumeUnits);
        }
    }

    private void addSlowly(BigDecimal tradedPrice, BigDecimal tradedVolume) {
        price.add(tradedPrice);
        squaredPrice.add(tradedPrice.multiply(tradedPrice));
        volume.add(tradedVolume);
        turnover.add(tradedPrice.multiply(tradedVolume));
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
    private static int fittingScale(long units, int ownScale, int scale) {
        int greater = Math.max(scale, ownScale);
        if (scaled(units, ownScale, greater) != DOES_NOT_FIT) {
            return greater;
        }
        return units != DOES_NOT_FIT ? ownScale : scale;
    }

    /** The units of a value at another scale. */
    private static long scaled(long units, int ownScale, int scale) {
        int shift = scale - ownScale;
        if (shift == 0 || units == DOES_NOT_FIT) {
            return units;
        }
        if (shift < 0) {
            return DOES_NOT_FIT;
        }
        long power = Decimals.powerOfTen(shift);
        return units <= Long.MAX_VALUE / power ? units * power : DOES_NOT_FIT;
    }
}
