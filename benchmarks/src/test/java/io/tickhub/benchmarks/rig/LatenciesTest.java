package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Latencies latencies = Latencies.of(IntStream.rangeClosed(1, 200).boxed().toList());

        assertThat(latencies.median()).isEqualTo(100);
        assertThat(latencies.p99()).isEqualTo(198);
        assertThat(latencies.max()).isEqualTo(200);
    }

    @Test
    void aRowComparesWithTheBaseline() {
        Latencies baseline = Latencies.of(List.of(20, 10));

        assertThat(Latencies.of(List.of(50)).row("late", baseline))
                .containsExactly("late", "1", "50 ms", "50 ms", "50 ms", "2.5");
    }

    @Test
    void whatARowSaysIsThereAsNumbersToo() {
        assertThat(Latencies.of(List.of(30, 50)).series("late"))
                .containsExactly(
                        new Series("late, p50", "ms", List.of(30.0)),
                        new Series("late, p99", "ms", List.of(50.0)),
                        new Series("late, max", "ms", List.of(50.0)));
    }

    @Test
    void nothingMeasuredIsNothing() {
        assertThat(Latencies.of(List.of()).and(Latencies.of(List.of(7))).max()).isEqualTo(7);
        assertThat(Latencies.of(List.of()).p99()).isZero();
    }
}
