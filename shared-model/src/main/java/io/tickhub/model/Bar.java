package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was traded of a symbol in one interval of event time: the value of a record on {@code bars.<interval>}. Sums are exact, so that
 * bars can be joined; VWAP is divided once and rounded HALF_EVEN to 12 decimals. Immutable.
 *
 * @param symbol the instrument
 * @param topicId Kafka's id of the topic that the ticks came from
 * @param interval how long it lasts
 * @param start first instant that belongs to it, aligned to UTC
 * @param end first instant that no longer does
 * @param state how certain it is
 * @param revision ticks that it got when it was {@link State#FINAL} already
 * @param open price of the first tick by event time, ties by offset
 * @param high highest price
 * @param low lowest price
 * @param close price of the last tick by event time, ties by offset
 * @param volume sum of the volumes
 * @param vwap volume-weighted average price, turnover over volume; null while no volume was traded
 * @param turnover sum of price times volume
 * @param count ticks, 1 or more
 * @param openTime event time of the first tick
 * @param closeTime event time of the last tick
 * @param asOf offset after the newest tick in it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bar(
        Symbol symbol,
        String topicId,
        BarInterval interval,
        Instant start,
        Instant end,
        State state,
        long revision,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal vwap,
        BigDecimal turnover,
        long count,
        Instant openTime,
        Instant closeTime,
        long asOf) {

    /** How certain a bar is. */
    public enum State {
        /** In progress. */
        OPEN,
        /** Over by the clock while its symbol is quiet; ticks that belong to it may still come. */
        PROVISIONAL,
        /** Over by the symbol's event time and the allowed lateness. A tick that comes later gives another revision. */
        FINAL
    }

    /** @throws NullPointerException if what names it is missing */
    public Bar {
        requireNonNull(symbol, "symbol");
        requireNonNull(interval, "interval");
        requireNonNull(start, "start");
        requireNonNull(state, "state");
    }

    /** The key of its record. */
    public String key() {
        return keyPrefix(symbol) + Timestamps.text(start);
    }

    /** The bar as JSON, as {@link Json} writes it. */
    public byte[] toJson() {
        return BarWriter.write(this).orElseGet(() -> Json.write(this));
    }

    /** What the keys of a symbol's bars begin with; a start, which has no {@code /}, follows. */
    public static String keyPrefix(Symbol symbol) {
        return symbol + "/";
    }
}
