package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LapTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void whatComesBeforeTheFirstFifthDoesNotCount() {
        Lap lap = new Lap(1_000, 0);
        lap.see(5 * SECOND, 0);
        lap.see(8 * SECOND, 199);
        lap.see(9 * SECOND, 250);
        lap.see(10 * SECOND, 600);
        lap.see(12 * SECOND, 1_000);

        assertThat(lap.isOver()).isTrue();
        assertThat(lap.perSecond()).isEqualTo(750 / 3.0);
    }

    @Test
    void theTimeRunsFromTheLastLookWhereNothingWasSeenInBetween() {
        Lap lap = new Lap(1_000, 0);
        lap.see(4 * SECOND, 100);
        lap.see(6 * SECOND, 1_000);

        assertThat(lap.perSecond()).isEqualTo(450);
    }

    @Test
    void theTimeRunsFromTheBeginningWhereTheFirstLookSeesTheEnd() {
        Lap lap = new Lap(1_000, SECOND);
        lap.see(3 * SECOND, 1_000);

        assertThat(lap.perSecond()).isEqualTo(500);
    }

    @Test
    void aLapThatIsOverDoesNotChange() {
        Lap lap = new Lap(100, 0);
        lap.see(2 * SECOND, 20);
        lap.see(4 * SECOND, 100);
        lap.see(9 * SECOND, 100);

        assertThat(lap.perSecond()).isEqualTo(40);
    }

    @Test
    void aLapUnderWayHasNoSpeed() {
        Lap lap = new Lap(100, 0);
        lap.see(SECOND, 99);

        assertThat(lap.isOver()).isFalse();
        assertThatIllegalStateException().isThrownBy(lap::perSecond);
    }
}
