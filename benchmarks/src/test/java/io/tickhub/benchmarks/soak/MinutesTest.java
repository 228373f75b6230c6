package io.tickhub.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickhub.benchmarks.rig.Series;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MinutesTest {

    @Test
    void theLastThirdIsComparedWithTheSecond() {
        Minutes minutes = minutes(900, 10, 10, 10, 30, 500, 20, 30, 20);
        assertThat(minutes.thirds()).containsExactly(10.0, 30.0, 20.0);
        assertThat(minutes.growth()).isEqualTo(20.0 / 30);
    }

    @Test
    void whatCannotBeDividedBelongsToTheFirst() {
        assertThat(minutes(7, 7, 1, 2).thirds()).containsExactly(7.0, 1.0, 2.0);
    }

    @Test
    void lessThanThreeMinutesTellNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> minutes(1, 2));
    }

    private static Minutes minutes(double... values) {
        return new Minutes(
                new Series("heap", "MB", Arrays.stream(values).boxed().toList()));
    }
}
