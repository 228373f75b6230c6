package io.tickhub.aggregator.bar;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickhub.model.BarInterval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bars of one symbol that can still change, as they are kept. Immutable.
 *
 * @param late ticks that came when their bar of the shortest interval was final already
 * @param series one for each interval
 */
public record SavedBars(long late, List<Series> series) {

    /** Of no ticks. */
    public static final SavedBars NONE = new SavedBars(0, List.of());

    /** Of no ticks that were late, if nothing was saved. */
    public SavedBars {
        series = series == null ? List.of() : series;
    }

    /**
     * The bars of one interval.
     *
     * @param interval how long they last
     * @param from start of the first bar that is built, or can still change; empty if that is the first tick's
     * @param outside ticks that are in none of the interval's bars
     * @param bars in order: start, state, revision, open, high, low, close, volume, turnover, count, openTime, closeTime, asOf
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Series(BarInterval interval, Optional<Instant> from, long outside, List<String> bars) {}

    Optional<Series> of(BarInterval interval) {
        return series.stream().filter(each -> each.interval().equals(interval)).findFirst();
    }
}
