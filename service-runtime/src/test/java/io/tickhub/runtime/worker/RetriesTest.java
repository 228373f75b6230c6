package io.tickhub.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private long nanos;
    private double chance = 1;
    private final Retries retries = new Retries(PATIENCE, () -> nanos, () -> chance);

    @Test
    void theIntervalsGrowToTheLongest() {
        List<Long> millis = Stream.generate(() -> retries.failed().orElseThrow().toMillis())
                .limit(8)
                .toList();

        assertThat(millis).containsExactly(50L, 100L, 200L, 400L, 800L, 1_600L, 2_000L, 2_000L);
    }

    @Test
    void chanceShortensAnIntervalByHalfAtMost() {
        chance = 0;
        assertThat(retries.failed()).contains(Duration.ofMillis(25));
        chance = 0.5;
        assertThat(retries.failed()).contains(Duration.ofMillis(75));
    }

    @Test
    void aSuccessBeginsAnew() {
        var unused = retries.failed();
        nanos = PATIENCE.toNanos() - 1;
        retries.succeeded();

        assertThat(retries.failed()).contains(Duration.ofMillis(50));
        nanos += PATIENCE.toNanos() - 1;
        assertThat(retries.failed()).contains(Duration.ofMillis(100));
    }

    @Test
    void aLongQuietTimeBeginsAnew() {
        var unused = retries.failed();
        nanos = PATIENCE.toNanos() + 1;

        assertThat(retries.failed()).contains(Duration.ofMillis(50));
    }

    @Test
    void patienceEnds() {
        assertThat(retries.failed()).isPresent();
        nanos = PATIENCE.toNanos() - 1;
        assertThat(retries.failed()).isPresent();
        nanos = PATIENCE.toNanos();

        assertThat(retries.failed()).isEmpty();
    }
}
