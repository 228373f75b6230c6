package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.benchmarks.rig.PercentileSeries.Timed;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentileSeriesTest {

    @Test
    void theRoundToWarmUpIsInNeitherPercentile() throws InterruptedException {
        Iterator<Percentiles> measured =
                List.of(new Percentiles(100, 1_000), new Percentiles(2, 20)).iterator();

        PercentileSeries series = PercentileSeries.alternate(
                        new Trial(Path.of("."), Effort.QUICK, line -> {}), List.of(new Timed("one", measured::next)))
                .getFirst();

        assertThat(series.p50().values()).containsExactly(2.0);
        assertThat(series.p99().values()).containsExactly(20.0);
        assertThat(PercentileSeries.compare("TITLE", List.of(series)).rows())
                .extracting(List::getFirst)
                .containsExactly("one, p50", "one, p99");
    }
}
