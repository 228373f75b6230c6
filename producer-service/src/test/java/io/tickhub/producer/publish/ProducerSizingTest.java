package io.tickhub.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProducerSizingTest {

    private static final long MEBI = 1024 * 1024;
    private static final long HEAP = 4096 * MEBI;

    @Test
    void aSlowRateIsSentAtOnce() {
        assertThat(ProducerSizing.of(3, 60, HEAP))
                .isEqualTo(new ProducerSizing(16_384, 32 * MEBI, Duration.ofMillis(5)));
        assertThat(ProducerSizing.of(1_000, 60, HEAP).linger()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void manySymbolsAtAHighRateWaitForFullerBatches() {
        ProducerSizing sizing = ProducerSizing.of(1_000, 100_000, HEAP);
        assertThat(sizing.linger()).isEqualTo(Duration.ofMillis(50));
        assertThat(sizing.batchBytes()).isEqualTo(16_384);
        assertThat(sizing.bufferBytes()).isGreaterThanOrEqualTo(2L * 1_000 * sizing.batchBytes());
    }

    @Test
    void fewSymbolsAtAHighRateGetLargeBatches() {
        assertThat(ProducerSizing.of(3, 100_000, HEAP).batchBytes()).isEqualTo(65_536);
        assertThat(ProducerSizing.of(3, 100_000, HEAP).linger()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void theBufferIsNeverTooSmallForABatchOfEverySymbolWithinTheHeap() {
        for (int symbols : new int[] {1, 10, 100, 1_000, 4_000}) {
            for (int rate : new int[] {1, 60, 5_000, 100_000, 1_000_000}) {
                ProducerSizing sizing = ProducerSizing.of(symbols, rate, HEAP);
                assertThat(sizing.bufferBytes())
                        .as("%d symbols, %d ticks/s", symbols, rate)
                        .isBetween(Math.max(32 * MEBI, 2L * symbols * sizing.batchBytes()), 256 * MEBI);
            }
        }
    }

    @Test
    void aFullBufferLeavesRoomInASmallHeap() {
        for (long heap : new long[] {64 * MEBI, 128 * MEBI, 256 * MEBI}) {
            for (int symbols : new int[] {1, 100, 4_000}) {
                assertThat(ProducerSizing.of(symbols, 100_000, heap).bufferBytes())
                        .as("%d symbols, %d bytes of heap", symbols, heap)
                        .isLessThanOrEqualTo(heap / 8);
            }
        }
        assertThat(ProducerSizing.of(4_000, 100_000, 256 * MEBI).bufferBytes()).isEqualTo(32 * MEBI);
    }
}
