package io.tickhub.aggregator.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BarSettingsTest {

    private static final Duration LATENESS = Duration.ofSeconds(5);

    @Test
    void intervalsAreSortedAndNamedOnce() {
        assertThat(settings(LATENESS, "1h", "1s", "1h").intervals())
                .containsExactly(BarInterval.parse("1s"), BarInterval.parse("1h"));
    }

    @Test
    void theBarInProgressAndThoseOfTheRetentionAreKept() {
        BarSettings settings = settings(Duration.ofMillis(20_001), "1s", "20s", "1m");

        assertThat(settings.kept(BarInterval.parse("1s"))).isEqualTo(22);
        assertThat(settings.kept(BarInterval.parse("20s"))).isEqualTo(3);
        assertThat(settings.kept(BarInterval.parse("1m"))).isEqualTo(2);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> settings(LATENESS, "2s", "5s")).hasMessageContaining("multiple of the shortest");
        assertThatThrownBy(() -> settings(Duration.ofSeconds(4), "1s")).hasMessageContaining("as long as");
        assertThatThrownBy(() -> settings(Duration.ofDays(1), "1s")).hasMessageContaining("2000 are the most");
        assertThatThrownBy(() -> settings(Duration.ofMinutes(20), "1s", "2s", "3s"))
                .hasMessageContaining("1s, 2s, 3s for PT20M takes 2206 for each symbol");
    }

    @Test
    void asManyBarsAsCanBeKeptFitIntoARecord() {
        BarSettings settings = settings(Duration.ofSeconds(BarSettings.MOST_KEPT - 2), "1s");
        SymbolBars bars = new SymbolBars(new Symbol("A"), "topic-1", settings, SavedBars.NONE, Optional.empty());
        BigDecimal longest = new BigDecimal("999999999999999999.999999999999999999");
        Instant start = Instant.parse("2026-11-20T12:00:00.123456789Z");
        for (long i = 0; i < BarSettings.MOST_KEPT; i++) {
            for (int tick = 0; tick < 2; tick++) {
                bars.add(
                        9_000_000_000_000_000L + 2 * i + tick,
                        Trade.of(new Tick(new Symbol("A"), longest, longest, start.plusSeconds(i), "", "")));
            }
        }
        bars.endRun();

        assertThat(Json.write(bars.toSaved())).hasSizeLessThan(950_000);
    }

    private static BarSettings settings(Duration retention, String... intervals) {
        return new BarSettings(
                List.of(intervals).stream().map(BarInterval::parse).toList(), LATENESS, retention);
    }
}
