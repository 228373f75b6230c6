package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "1s, 1, 1s",
        "60s, 60, 1m",
        "90s, 90, 90s",
        "5m, 300, 5m",
        "1h, 3600, 1h",
        "24h, 86400, 1d",
        "1d, 86400, 1d"
    })
    void anIntervalHasOneShortForm(String text, long seconds, String shortForm) {
        assertThat(BarInterval.parse(text).seconds()).isEqualTo(seconds);
        assertThat(BarInterval.parse(text)).hasToString(shortForm);
        assertThat(Json.read(Json.write(BarInterval.parse(text)), BarInterval.class)
                        .seconds())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7s", "2d", "0s", "1.5m", "-1m", "m", "PT1M", "999999s", "1M"})
    void whatDoesNotDivideADayIsNone(String text) {
        assertThatThrownBy(() -> BarInterval.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void barsBeginAtMidnightAlsoBefore1970() {
        BarInterval interval = BarInterval.parse("8h");
        for (String day : new String[] {"1969-12-31", "2026-11-20", "0001-01-01"}) {
            Instant late = Instant.parse(day + "T15:59:59.999999999Z");
            assertThat(interval.start(interval.slot(late))).isEqualTo(day + "T08:00:00Z");
        }
    }

    @Test
    void theTopicsOfBarsTellTheirInterval() {
        Topics topics = new Topics("test.");
        assertThat(topics.bars(BarInterval.parse("60s")).name()).isEqualTo("test.bars.1m");
        assertThat(topics.barInterval("test.bars.1m")).contains(new BarInterval(60));
        for (String none : new String[] {"test.bars.60s", "bars.1m", "test.bars.", "test.bars.x", "test.stats"}) {
            assertThat(topics.barInterval(none)).as(none).isEmpty();
        }
        assertThat(topics.bars(BarInterval.parse("1m")).config())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "600000000");
        assertThat(Topics.barPartition(new Symbol("AAPL"))).isBetween(0, 3);
    }
}
