package io.tickhub.aggregator.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.BarInterval;
import java.time.Duration;
import java.util.List;
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
        assertThatThrownBy(() -> settings(Duration.ofDays(1), "1s")).hasMessageContaining("more than 20000");
    }

    private static BarSettings settings(Duration retention, String... intervals) {
        return new BarSettings(
                List.of(intervals).stream().map(BarInterval::parse).toList(), LATENESS, retention);
    }
}
