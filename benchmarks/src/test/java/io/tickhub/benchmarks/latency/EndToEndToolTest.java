package io.tickhub.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.benchmarks.rig.Percentiles;
import org.junit.jupiter.api.Test;

class EndToEndToolTest {

    @Test
    void readsWhatTheToolPrints() {
        String printed = "0\t3.1\nAvg latency: 1.9343 ms\nPercentiles: 50th = 2, 99th = 19, 99.9th = 33\n";

        assertThat(EndToEndTool.percentiles(printed)).isEqualTo(new Percentiles(2, 19));
    }

    @Test
    void lessThanAMillisecondCountsAsOne() {
        assertThat(EndToEndTool.percentiles("Percentiles: 50th = 0, 99th = 0, 99.9th = 5"))
                .isEqualTo(new Percentiles(1, 1));
    }

    @Test
    void aToolThatFailedSaysWhy() {
        assertThatThrownBy(() -> EndToEndTool.percentiles("poll() timed out")).hasMessageContaining("poll() timed out");
    }
}
