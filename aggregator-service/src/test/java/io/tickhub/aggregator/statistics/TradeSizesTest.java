package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much room the percentiles take, and that they can be handed on; that they are right {@link AccumulatorTest} shows. */
class TradeSizesTest {

    @Test
    void aSuccessorHasTheSameBitsAsOneThatCountedAll() {
        Random random = new Random(1);
        TradeSizes all = new TradeSizes();
        TradeSizes handedOn = new TradeSizes();
        for (int i = 0; i < 10_000; i++) {
            BigDecimal volume = new BigDecimal(random.nextGaussian()).abs().pow(7);
            all.add(volume);
            handedOn.add(volume);
            if (i % 1_000 == 0) {
                handedOn = new TradeSizes(handedOn.toSaved());
            }
        }
        assertThat(handedOn.toSaved()).isEqualTo(all.toSaved());
    }

    @Test
    void theRoomThatItTakesIsBoundedWhateverTheVolumesAre() {
        TradeSizes usual = new TradeSizes();
        TradeSizes hostile = new TradeSizes();
        for (int i = 0; i < 1_000_000; i++) {
            usual.add(BigDecimal.valueOf(Math.pow(10, 4.0 * i / 1_000_000)));
            hostile.add(BigDecimal.valueOf(Math.pow(10, 36.0 * i / 1_000_000 - 18)));
        }
        assertThat(usual.toSaved().orElseThrow().length()).isLessThan(2_000);
        assertThat(hostile.toSaved().orElseThrow().length()).isLessThan(18_000);
    }
}
