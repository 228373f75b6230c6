package io.tickhub.benchmarks.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline compares what was counted with what was sent by itself. */
class PipelineTest {

    @ParameterizedTest
    @CsvSource({"OWNED,1", "OWNED,4", "LOCKED,0", "LOCKED,4", "LOCK_FREE,0", "LOCK_FREE,4"})
    @Timeout(60)
    void everyQuoteIsCountedOnceWhoeverHasTheState(Design design, int workers) throws InterruptedException {
        int enoughToCollide = 50 * Pipeline.CHANNEL;

        assertThat(new Pipeline(design, workers, new CpuWork(0, 1)).quotesPerSecond(enoughToCollide))
                .isPositive();
    }
}
