package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> order = new ArrayList<>();
    private final Trial trial = new Trial(Path.of("."), Effort.FULL, line -> {});

    @Test
    void eachIsMeasuredOnceInEachRoundAndEverySecondRoundGoesBackwards() throws InterruptedException {
        List<Series> series = Rounds.alternate(trial, 2, "x", List.of(contender("a"), contender("b")));
        assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
        assertThat(series).extracting(Series::name).containsExactly("a", "b");
        assertThat(series.getFirst().values()).as("without the first round").containsExactly(4.0, 5.0);
        assertThat(series.getLast().values()).containsExactly(3.0, 6.0);
    }

    @Test
    void aRatioIsThatOfValuesOfTheSameRound() {
        Series slow = new Series("slow", "x", List.of(1.0, 2.0, 4.0));
        Series fast = new Series("fast", "x", List.of(3.0, 4.0, 20.0));
        assertThat(fast.ratiosTo(slow)).containsExactly(3.0, 2.0, 5.0);
        assertThat(fast.ratioTo(slow)).isCloseTo(3.0, within(1e-12));
        assertThatThrownBy(() -> fast.ratioTo(new Series("short", "x", List.of(1.0))))
                .hasMessage("fast was measured 3 times, short 1 times");
    }

    @Test
    void aMissedPromiseCountsWhereFiguresCanBeQuotedAndAFailureAlways() {
        Report missed = Report.of("X").withGoal(Goal.atLeast(0.7, "ratio", 0.6));
        assertThat(missed.isGood(Effort.FULL)).isFalse();
        assertThat(missed.isGood(Effort.QUICK)).isTrue();
        assertThat(missed.withFailure("3 ticks are missing").isGood(Effort.QUICK))
                .isFalse();
        assertThat(missed.goals()).hasToString("[NOT KEPT: ratio: 0.60; promised at least 0.70]");
        assertThat(Goal.atMost(50, "p99 in ms", 50)).hasToString("KEPT: p99 in ms: 50.00; promised at most 50.00");
    }

    private Contender contender(String name) {
        return new Contender(name, () -> {
            order.add(name);
            return order.size();
        });
    }
}
