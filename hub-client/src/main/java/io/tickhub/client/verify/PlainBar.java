package io.tickhub.client.verify;

import io.tickhub.model.Bar;
import io.tickhub.model.Tick;
import java.math.BigDecimal;

/** One bar in plain BigDecimal, tick by tick. For one thread. */
final class PlainBar {

    private Tick open;
    private Tick close;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal turnover = BigDecimal.ZERO;
    private long count;
    private long revision;
    private long asOf;

    PlainBar(Tick first) {
        open = first;
        close = first;
        high = first.price();
        low = first.price();
    }

    void add(long offset, Tick tick, boolean isLate) {
        open = tick.timestamp().isBefore(open.timestamp()) ? tick : open;
        close = tick.timestamp().isBefore(close.timestamp()) ? close : tick;
        high = high.max(tick.price());
        low = low.min(tick.price());
        volume = volume.add(tick.volume());
        turnover = turnover.add(tick.price().multiply(tick.volume()));
        count++;
        revision += isLate ? 1 : 0;
        asOf = offset + 1;
    }

    void compare(Bar bar, Differences differences) {
        String where = bar.symbol() + " bar of " + bar.interval() + " at " + bar.start() + ":";
        differences.value(where, "count", bar.count(), count);
        differences.value(where, "asOf", bar.asOf(), asOf);
        differences.value(where, "revision", bar.revision(), revision);
        differences.value(
                where, "end", bar.end(), bar.start().plus(bar.interval().length()));
        differences.figure(where, "open", bar.open(), open.price());
        differences.figure(where, "high", bar.high(), high);
        differences.figure(where, "low", bar.low(), low);
        differences.figure(where, "close", bar.close(), close.price());
        differences.figure(where, "volume", bar.volume(), volume);
        differences.figure(where, "turnover", bar.turnover(), turnover);
        differences.figure(
                where, "vwap", bar.vwap(), volume.signum() == 0 ? null : PlainStatistics.quotient(turnover, volume));
        differences.value(where, "openTime", bar.openTime(), open.timestamp());
        differences.value(where, "closeTime", bar.closeTime(), close.timestamp());
    }
}
