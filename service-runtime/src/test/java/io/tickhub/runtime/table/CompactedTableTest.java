package io.tickhub.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Json;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactedTableTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");

    private final Topics topics = new Topics("");
    private final CompactedTable<Progress> table =
            new CompactedTable<>(topics.progress(), value -> Json.read(value, Progress.class));

    @Test
    void theNewestRecordOfAKeyCounts() {
        Tables.put(table, "a", Progress.catchingUp(5), 0, NOW);
        Tables.put(table, "b", Progress.catchingUp(7), 1, NOW);
        Tables.put(table, "a", Progress.LIVE, 2, NOW.plusSeconds(1));

        assertThat(table.get("a")).contains(Progress.LIVE);
        assertThat(table.get("b")).contains(Progress.catchingUp(7));
        assertThat(table.entry("a").orElseThrow().offset()).isEqualTo(2);
        assertThat(table.entry("a").orElseThrow().appended()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void aTombstoneRemovesItsKeyAndMovesTheClockAndTheVersion() {
        Tables.put(table, "a", Progress.LIVE, 0, NOW);
        long version = table.version();

        Tables.remove(table, "a", 1, NOW.plusSeconds(2));

        assertThat(table.get("a")).isEmpty();
        assertThat(table.entries()).isEmpty();
        assertThat(table.version()).isNotEqualTo(version);
        assertThat(table.newestAppend()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void theAppendClockGoesBackWithTheBrokers() {
        Tables.put(table, "a", Progress.LIVE, 0, NOW);
        Tables.put(table, "b", Progress.LIVE, 1, NOW.minusSeconds(5));

        assertThat(table.newestAppend()).isEqualTo(NOW.minusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"state\":null}",
                "{\"state\":\"FLYING\"}",
                "{\"state\":\"LIVE\",\"next\":1e99999}",
                "{\"state\":\"LIVE\"} {}"
            })
    void aValueThatCannotBeReadIsNoneAndStopsNothing(String value) {
        Tables.put(table, "a", Progress.LIVE, 0, NOW);

        Tables.text(table, "a", value, 1);

        assertThat(table.get("a")).isEmpty();
    }

    @Test
    void aSubscriptionWrittenByHandIsReadWholeOrNotAtAll() {
        CompactedTable<Subscription> subscriptions =
                new CompactedTable<>(topics.subscriptions(), value -> Json.read(value, Subscription.class));

        Tables.text(subscriptions, "a", "{\"id\":\"0-1\",\"client\":\"alice\",\"start\":5}", 0);

        assertThat(subscriptions.values()).isEmpty();
    }

    @Test
    void everythingBeforeTheEndsHasBeenReadOnceEachPartitionHasPassedThem() {
        CompactedTable<Progress> wide = new CompactedTable<>(topics.stats(), value -> Json.read(value, Progress.class));
        Map<TopicPartition, Long> ends = Map.of(
                new TopicPartition(wide.topic(), 0), 5L,
                new TopicPartition(wide.topic(), 3), 0L,
                new TopicPartition("another", 0), 99L);

        Tables.advance(wide, 0, 5);
        assertThat(wide.hasRead(ends))
                .as("the position of partition 3 is not known")
                .isFalse();
        Tables.advance(wide, 3, 0);
        assertThat(wide.hasRead(ends)).isTrue();
        Tables.advance(wide, 0, 4);
        assertThat(wide.hasRead(ends)).isFalse();
    }

    @Test
    void waitingInVainSaysWhatItWaitedFor() {
        Tables.advance(table, 0, 3);

        assertThatThrownBy(() -> table.awaitRead(Map.of(new TopicPartition("progress", 0), 7L), Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("progress")
                .hasMessageContaining("7");
    }
}
