package io.tickhub.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.statistics.Sessions;
import io.tickhub.model.BarInterval;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.Setting;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregatorConfigTest {

    @Test
    void defaults() {
        AggregatorConfig config = AggregatorConfig.fromEnv(Map.of());

        assertThat(config.workers()).isEqualTo(4);
        assertThat(config.publishInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.summaryInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.runtime().instance()).startsWith("aggregator-");
        assertThat(config.bars())
                .isEqualTo(new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(20)));
    }

    @Test
    void barsCanBeChosen() {
        assertThat(AggregatorConfig.fromEnv(Map.of("TICKHUB_BAR_INTERVALS", "1m, 15m"))
                        .bars()
                        .intervals())
                .containsExactly(new BarInterval(60), new BarInterval(900));
        assertThat(AggregatorConfig.fromEnv(Map.of("TICKHUB_BAR_INTERVALS", "none"))
                        .bars()
                        .intervals())
                .isEmpty();
        for (String wrong : new String[] {"7s", "1s,", "2s,5s", "1w"}) {
            assertThatThrownBy(() -> AggregatorConfig.fromEnv(Map.of("TICKHUB_BAR_INTERVALS", wrong)))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void aSessionEndsAtATimeOfDayOrNever() {
        assertThat(AggregatorConfig.fromEnv(Map.of()).sessions()).isEqualTo(new Sessions(Optional.empty()));
        assertThat(AggregatorConfig.fromEnv(Map.of("TICKHUB_SESSION_RESET", "21:00"))
                        .sessions())
                .isEqualTo(new Sessions(Optional.of(LocalTime.of(21, 0))));
        assertThatThrownBy(() -> AggregatorConfig.fromEnv(Map.of("TICKHUB_SESSION_RESET", "25:00")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be never, or a time of day");
    }

    @Test
    void allMistakesAreToldTogether() {
        Map<String, String> environment = Map.of(
                "TICKHUB_AGGREGATOR_WORKERS", "0",
                "TICKHUB_AGGREGATOR_PUBLISH_INTERVAL", "-1s",
                "TICKHUB_AGGREGATOR_SUMMARY_INTERVAL", "soon",
                "TICKHUB_INSTANCE", "a b");

        assertThatThrownBy(() -> AggregatorConfig.fromEnv(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TICKHUB_AGGREGATOR_WORKERS=0")
                .hasMessageContaining("TICKHUB_AGGREGATOR_PUBLISH_INTERVAL=-1s")
                .hasMessageContaining("TICKHUB_AGGREGATOR_SUMMARY_INTERVAL=soon")
                .hasMessageContaining("TICKHUB_INSTANCE");
    }

    @Test
    void everySettingIsListedOnce() {
        assertThat(AggregatorConfig.settings()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(AggregatorConfig.settings())
                .contains(
                        AggregatorConfig.WORKERS, AggregatorConfig.PUBLISH_INTERVAL, AggregatorConfig.SUMMARY_INTERVAL);
    }
}
