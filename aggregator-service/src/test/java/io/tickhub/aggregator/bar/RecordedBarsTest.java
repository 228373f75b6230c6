package io.tickhub.aggregator.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.RecordedTrades;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The recorded trades of a day give the bars that an independent program computed from them, late as many of the trades are. */
class RecordedBarsTest {

    private static final BarInterval MINUTE = BarInterval.parse("1m");

    /** The latest trade comes three hours after newer ones. */
    private static final BarSettings SETTINGS = new BarSettings(
            List.of(BarInterval.parse("10s"), MINUTE, BarInterval.parse("1d")),
            Duration.ofSeconds(5),
            Duration.ofHours(4));

    @ParameterizedTest
    @ValueSource(strings = {"BTC_JPY", "ETH_BTC"})
    void everyMinuteIsTheExpectedOne(String product) throws IOException {
        RecordedTrades day = RecordedTrades.of(product);
        SymbolBars bars = new SymbolBars(new Symbol(product), "topic-1", SETTINGS, SavedBars.NONE, Optional.empty());
        Map<Instant, Bar> published = new TreeMap<>();
        long offset = 0;
        for (Optional<Tick> tick : day.ticks()) {
            long at = offset++;
            tick.ifPresent(valid -> bars.add(at, Trade.of(valid)));
            if (offset % 1_000 == 0) {
                publish(bars, published);
            }
        }
        publish(bars, published);

        JsonNode expected = day.expected().get("bars1m");
        assertThat(published.keySet())
                .containsExactlyElementsOf(expected.valueStream()
                        .map(bar -> Instant.parse(bar.get("start").stringValue()))
                        .toList());
        for (JsonNode minute : expected) {
            Bar bar = published.get(Instant.parse(minute.get("start").stringValue()));
            assertNumber(bar.open(), minute, "open");
            assertNumber(bar.high(), minute, "high");
            assertNumber(bar.low(), minute, "low");
            assertNumber(bar.close(), minute, "close");
            assertNumber(bar.volume(), minute, "volume");
            assertNumber(bar.vwap(), minute, "vwap");
            assertThat(bar.count()).isEqualTo(minute.get("count").longValue());
        }
        assertThat(published.values().stream().filter(bar -> bar.revision() > 0))
                .as("trades run backwards in each batch")
                .isNotEmpty();
        assertThat(bars.outside()).isEmpty();
    }

    private static void publish(SymbolBars bars, Map<Instant, Bar> published) {
        bars.endRun();
        bars.unpublished().stream()
                .filter(bar -> bar.interval().equals(MINUTE))
                .forEach(bar -> published.put(bar.start(), bar));
        bars.published();
    }

    private static void assertNumber(BigDecimal actual, JsonNode minute, String name) {
        assertThat(actual)
                .as("%s of %s", name, minute)
                .isEqualByComparingTo(minute.get(name).stringValue());
    }
}
