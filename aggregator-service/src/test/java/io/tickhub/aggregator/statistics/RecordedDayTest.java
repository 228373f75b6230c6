package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.RecordedTrades;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The recorded trades of a day give the figures that an independent program computed from them. */
class RecordedDayTest {

    @ParameterizedTest
    @ValueSource(strings = {"BTC_JPY", "ETH_BTC"})
    void everyFigureIsTheExpectedOne(String product) throws IOException {
        RecordedTrades day = RecordedTrades.of(product);
        Accumulator accumulator = new Accumulator(new Symbol(product), "topic-1", 0);
        long offset = 0;
        for (Optional<Tick> tick : day.ticks()) {
            long at = offset++;
            tick.ifPresentOrElse(valid -> accumulator.add(at, Trade.of(valid)), () -> accumulator.reject(at));
        }

        PriceStats stats = accumulator.toStats();
        JsonNode expected = day.expected();
        assertThat(stats.count()).isEqualTo(expected.get("count").longValue());
        assertThat(stats.rejected()).isEqualTo(expected.get("rejectedRows").longValue());
        assertThat(stats.minPrice()).isEqualByComparingTo(number(expected, "minPrice"));
        assertThat(stats.maxPrice()).isEqualByComparingTo(number(expected, "maxPrice"));
        assertThat(stats.avgPrice()).isEqualByComparingTo(number(expected, "avgPrice"));
        assertThat(stats.openPrice()).isEqualByComparingTo(number(expected, "openPrice"));
        assertThat(stats.lastPrice()).isEqualByComparingTo(number(expected, "lastPrice"));
        assertThat(stats.volume()).isEqualByComparingTo(number(expected, "volume"));
        assertThat(stats.vwap()).isEqualByComparingTo(number(expected, "vwap"));
        assertThat(stats.stdDev()).isEqualByComparingTo(number(expected, "stdDev"));
        assertThat(stats.firstTimestamp()).isEqualTo(time(expected, "firstTimestamp"));
        assertThat(stats.lastTimestamp()).isEqualTo(time(expected, "lastTimestamp"));
        assertThat(accumulator.toState().sums().price()).isEqualByComparingTo(number(expected, "sumPrice"));
    }

    private static BigDecimal number(JsonNode figures, String name) {
        return new BigDecimal(figures.get(name).stringValue());
    }

    private static Instant time(JsonNode figures, String name) {
        return Instant.parse(figures.get(name).stringValue());
    }
}
