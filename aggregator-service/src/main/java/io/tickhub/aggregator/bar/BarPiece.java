package io.tickhub.aggregator.bar;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What some ticks of one bar amount to, exactly. Pieces of consecutive offsets join to the piece of them all, in whatever way they
 * were cut. Immutable.
 *
 * @param open price of the first tick by event time, ties by offset
 * @param high highest price
 * @param low lowest price
 * @param close price of the last tick by event time, ties by offset
 * @param volume sum of the volumes
 * @param turnover sum of price times volume
 * @param count ticks, 1 or more
 * @param openTime event time of the first
 * @param closeTime event time of the last
 * @param asOf offset after the newest
 */
record BarPiece(
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal turnover,
        long count,
        Instant openTime,
        Instant closeTime,
        long asOf) {

    /** Both, where the offsets of {@code newer} are all higher; its extremes stay out where they only equal ours. */
    BarPiece join(BarPiece newer) {
        boolean opensEarlier = newer.openTime.isBefore(openTime);
        boolean closesEarlier = newer.closeTime.isBefore(closeTime);
        return new BarPiece(
                opensEarlier ? newer.open : open,
                newer.high.compareTo(high) > 0 ? newer.high : high,
                newer.low.compareTo(low) < 0 ? newer.low : low,
                closesEarlier ? close : newer.close,
                volume.add(newer.volume),
                turnover.add(newer.turnover),
                count + newer.count,
                opensEarlier ? newer.openTime : openTime,
                closesEarlier ? closeTime : newer.closeTime,
                newer.asOf);
    }
}
