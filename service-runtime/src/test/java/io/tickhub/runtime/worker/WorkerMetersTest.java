package io.tickhub.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.ofEpochMilli(1_000);
    private final WorkerMeters meters = new WorkerMeters(registry, () -> now, "hub", "feeds-0");
    private final Timer latency = registry.get(
                    WorkerMetrics.LATENCY.definition().name())
            .tags("group", "hub")
            .timer();

    @Test
    void latencyGoesFromArrivalToTheCommitOfAll() {
        meters.records(10, 900);
        meters.records(5, 990);
        meters.committed(1);
        assertThat(latency.count()).as("more transactions may follow").isZero();

        now = Instant.ofEpochMilli(1_100);
        meters.settled();
        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.max(TimeUnit.MILLISECONDS)).isEqualTo(200);
        assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(310);

        meters.settled();
        assertThat(latency.count()).as("each batch once").isEqualTo(2);
    }

    @Test
    void whatIsTakenInAgainCountsOnce() {
        meters.records(1, 900);
        meters.aborted();
        meters.records(1, 900);
        meters.settled();

        assertThat(latency.count()).isEqualTo(1);
    }

    @Test
    void aBrokerWhoseClockIsAheadGivesNoNegativeTime() {
        meters.records(1, 1_500);
        meters.settled();

        assertThat(latency.max(TimeUnit.MILLISECONDS)).isZero();
        assertThat(latency.count()).isEqualTo(1);
    }
}
