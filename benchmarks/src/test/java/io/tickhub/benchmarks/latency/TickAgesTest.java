package io.tickhub.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickAgesTest {

    private final TickAges ages = new TickAges();

    @Test
    void everyTickIsCountedButOnlyThoseSentFromATimeOnAreNoted() {
        Instant from = Instant.now().minusSeconds(60);
        ages.add(from);
        assertThat(ages.noted().max()).as("no time was said yet").isZero();

        ages.noteFrom(from);
        ages.add(from.minusSeconds(3_600));
        ages.add(from);

        assertThat(ages.ticks()).isEqualTo(3);
        assertThat(ages.noted().max()).isBetween(60_000.0, 3_600_000.0);
    }
}
