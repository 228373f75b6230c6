package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnShareTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 200, 500, 1_000, 1_999, 64_000})
    void theTurnsOfASecondMakeTheRate(int perSecond) {
        TurnShare share = new TurnShare(perSecond, 5);

        int[] due = IntStream.generate(share::next).limit(200).toArray();

        assertThat(IntStream.of(due).sum()).isEqualTo(perSecond);
        assertThat(IntStream.of(due)).allMatch(turn -> Math.abs(turn - perSecond / 200.0) < 1);
    }
}
