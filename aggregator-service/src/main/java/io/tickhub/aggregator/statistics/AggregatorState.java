package io.tickhub.aggregator.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickhub.aggregator.bar.SavedBars;
import io.tickhub.aggregator.exact.Sums;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An {@link Accumulator} and a symbol's bars as they are kept on the topic {@code aggregator-state}: everything that the statistics of a symbol consist
 * of, exactly. Immutable.
 *
 * @param version of this form, {@value #VERSION} when written
 * @param symbol the instrument
 * @param topicId Kafka's id of the topic whose offsets these are
 * @param since first offset covered
 * @param nextOffset offset after the last one covered; equals the group's committed offset
 * @param count valid ticks
 * @param rejected records that were no valid ticks
 * @param missed offsets deleted before they were read
 * @param skipped offsets that hold no record
 * @param minPrice lowest price; this and the following are null while {@code count} is 0
 * @param maxPrice highest price
 * @param openPrice price of the first tick by event time
 * @param lastPrice price of the last tick by event time
 * @param firstTimestamp earliest event time
 * @param lastTimestamp latest event time
 * @param sums the exact sums
 * @param activity the newest seconds, and what ids tell; none in format 1
 * @param volatility the squared returns; unknown up to format 2
 * @param tradeSizes the volumes; empty if they are unknown, as up to format 2
 * @param bars the bars that can still change; none in format 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AggregatorState(
        int version,
        Symbol symbol,
        String topicId,
        long since,
        long nextOffset,
        long count,
        long rejected,
        long missed,
        long skipped,
        BigDecimal minPrice,
        BigDecimal maxPrice,
        BigDecimal openPrice,
        BigDecimal lastPrice,
        Instant firstTimestamp,
        Instant lastTimestamp,
        Sums sums,
        Activity.Saved activity,
        RealizedVolatility.Saved volatility,
        Optional<String> tradeSizes,
        SavedBars bars) {

    /** The form that this program writes, and the newest that it reads. */
    static final int VERSION = 3;

    /** The oldest form that it reads: without bars. */
    private static final int OLDEST = 1;

    /** @throws IllegalArgumentException if something is missing, or the figures contradict each other */
    AggregatorState {
        if (symbol == null || topicId == null || sums == null || (count > 0 && lastTimestamp == null)) {
            throw new IllegalArgumentException("the state of a symbol is incomplete");
        }
        activity = activity == null ? Activity.Saved.NONE : activity;
        if (volatility == null) {
            volatility = count == 0 ? RealizedVolatility.Saved.NONE : RealizedVolatility.Saved.UNKNOWN;
        }
        bars = bars == null ? SavedBars.NONE : bars;
        if (count + rejected + missed + skipped != nextOffset - since) {
            throw new IllegalArgumentException("the state of " + symbol + " does not account for each of the offsets ["
                    + since + ", " + nextOffset + ")");
        }
    }

    /** The same with bars. */
    AggregatorState withBars(SavedBars saved) {
        return new AggregatorState(
                version,
                symbol,
                topicId,
                since,
                nextOffset,
                count,
                rejected,
                missed,
                skipped,
                minPrice,
                maxPrice,
                openPrice,
                lastPrice,
                firstTimestamp,
                lastTimestamp,
                sums,
                activity,
                volatility,
                tradeSizes,
                saved);
    }

    /** The newest event time that was counted; empty if nothing was. */
    Optional<Instant> newestTime() {
        return Optional.ofNullable(lastTimestamp);
    }

    /** The state as JSON. */
    byte[] toJson() {
        return Json.write(this);
    }

    /**
     * Reads a saved state.
     *
     * @param symbol whose it is, by the record's key
     * @param json the record; in another version each field but {@code version} may be another
     * @throws IllegalStateException if it cannot be read, above all if a newer version of Tickhub wrote it; to go on without it
     *     would count ticks twice or never
     */
    static AggregatorState fromJson(Symbol symbol, byte[] json) {
        try {
            int version = Json.read(json, JsonNode.class).path("version").asInt(0);
            if (version < OLDEST || version > VERSION) {
                throw new IllegalStateException("the saved statistics of " + symbol + " have format " + version
                        + ", but this version of Tickhub reads formats " + OLDEST + " to " + VERSION
                        + "; start the version of Tickhub that wrote them");
            }
            return Json.read(json, AggregatorState.class);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "the saved statistics of " + symbol + " on aggregator-state cannot be read; to count " + symbol
                            + " afresh, delete its record there and the offsets of its topic in the aggregator's group",
                    e);
        }
    }
}
