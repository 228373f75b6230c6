package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * The statistics of one symbol over exactly the offsets {@code [since, asOf)} of its topic, where
 * {@code count + rejected + missed + skipped = asOf - since}. Immutable.
 *
 * <p>Sums are exact; average, VWAP and deviation are divided once and rounded HALF_EVEN to 12 decimals. The fields that need a
 * tick are null while {@code count} is 0, {@code vwap} also while no volume was traded; JSON leaves such fields out.
 *
 * @param symbol the instrument
 * @param topicId Kafka's id of the topic, another one after the topic was deleted and made again
 * @param count valid ticks
 * @param minPrice lowest price
 * @param maxPrice highest price
 * @param avgPrice mean of the prices, each tick weighing the same
 * @param openPrice price of the first tick by event time, ties by offset
 * @param lastPrice price of the last tick by event time, ties by offset
 * @param volume sum of the volumes
 * @param vwap volume-weighted average price, the sum of price times volume over the sum of volume
 * @param stdDev population standard deviation of the prices
 * @param firstTimestamp earliest event time
 * @param lastTimestamp latest event time
 * @param durationSeconds seconds from the earliest to the latest event time
 * @param since first offset covered
 * @param asOf offset after the last one covered
 * @param rejected records that were no valid ticks and went to the dead letters
 * @param missed offsets that retention deleted before they were read
 * @param skipped offsets that hold no record, such as transaction markers
 * @param late ticks that came when their bar of the shortest interval was final already
 * @param outside by interval, how many of these came so late that they are in no bar of it
 * @param ticksPerSecond10s ticks in the ten newest whole seconds of event time, a tenth of them
 * @param ticksPerSecond60s ticks in the sixty newest whole seconds of event time, a sixtieth of them
 * @param priceReturn last price over open price, minus 1
 * @param realizedVolatility square root of the sum of squared log returns from each tick to the next by offset, not annualised; within
 *     10^-12, or that part of it if it is above 1; null also where a version of Tickhub that did not have it began to count
 * @param volumeP50 median of the volumes: that of number {@code floor(0.5 * (count - 1))}, from 0, in rising order; within 1 % of it; null as
 *     {@code realizedVolatility} is
 * @param volumeP90 the same of number {@code floor(0.9 * (count - 1))}
 * @param volumeP99 the same of number {@code floor(0.99 * (count - 1))}
 * @param sources by source, what the ids of its ticks tell; sources whose ids are no numbers are left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PriceStats(
        Symbol symbol,
        String topicId,
        long count,
        BigDecimal minPrice,
        BigDecimal maxPrice,
        BigDecimal avgPrice,
        BigDecimal openPrice,
        BigDecimal lastPrice,
        BigDecimal volume,
        BigDecimal vwap,
        BigDecimal stdDev,
        Instant firstTimestamp,
        Instant lastTimestamp,
        BigDecimal durationSeconds,
        long since,
        long asOf,
        long rejected,
        long missed,
        long skipped,
        long late,
        Map<String, Long> outside,
        BigDecimal ticksPerSecond10s,
        BigDecimal ticksPerSecond60s,
        BigDecimal priceReturn,
        BigDecimal realizedVolatility,
        BigDecimal volumeP50,
        BigDecimal volumeP90,
        BigDecimal volumeP99,
        Map<String, SourceIds> sources) {

    /** @throws NullPointerException without a symbol */
    public PriceStats {
        requireNonNull(symbol, "symbol");
        outside = outside == null ? Map.of() : Map.copyOf(outside);
        sources = sources == null ? Map.of() : Map.copyOf(sources);
    }

    /** Without what was added to the first statistics. */
    public PriceStats(
            Symbol symbol,
            String topicId,
            long count,
            BigDecimal minPrice,
            BigDecimal maxPrice,
            BigDecimal avgPrice,
            BigDecimal openPrice,
            BigDecimal lastPrice,
            BigDecimal volume,
            BigDecimal vwap,
            BigDecimal stdDev,
            Instant firstTimestamp,
            Instant lastTimestamp,
            BigDecimal durationSeconds,
            long since,
            long asOf,
            long rejected,
            long missed,
            long skipped) {
        this(
                symbol,
                topicId,
                count,
                minPrice,
                maxPrice,
                avgPrice,
                openPrice,
                lastPrice,
                volume,
                vwap,
                stdDev,
                firstTimestamp,
                lastTimestamp,
                durationSeconds,
                since,
                asOf,
                rejected,
                missed,
                skipped,
                0,
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    /** The same with the late ticks told. */
    public PriceStats withLate(long lateTicks, Map<String, Long> outsideBars) {
        return new PriceStats(
                symbol,
                topicId,
                count,
                minPrice,
                maxPrice,
                avgPrice,
                openPrice,
                lastPrice,
                volume,
                vwap,
                stdDev,
                firstTimestamp,
                lastTimestamp,
                durationSeconds,
                since,
                asOf,
                rejected,
                missed,
                skipped,
                lateTicks,
                outsideBars,
                ticksPerSecond10s,
                ticksPerSecond60s,
                priceReturn,
                realizedVolatility,
                volumeP50,
                volumeP90,
                volumeP99,
                sources);
    }
}
