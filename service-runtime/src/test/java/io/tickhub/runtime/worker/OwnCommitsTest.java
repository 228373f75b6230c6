package io.tickhub.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnCommitsTest {

    private static final TopicPartition AAPL = new TopicPartition("ticks.AAPL", 0);
    private static final Optional<String> ID = Optional.of("first");

    private final OwnCommits commits = new OwnCommits();

    @Test
    void whatTheCoordinatorTellsStandsWhileNothingIsKnownBetter() {
        assertThat(commits.correct(AAPL, ID, OptionalLong.of(5))).hasValue(5);
        assertThat(commits.correct(AAPL, ID, OptionalLong.empty())).isEmpty();
    }

    @Test
    void whatWasCommittedHereIsNotForgotten() {
        commits.add(AAPL, ID, 5);
        commits.add(AAPL, ID, 8);

        assertThat(commits.correct(AAPL, ID, OptionalLong.of(7))).hasValue(8);
        assertThat(commits.correct(AAPL, ID, OptionalLong.empty())).hasValue(8);
    }

    @Test
    void anotherOwnerMayHaveGoneFurther() {
        commits.add(AAPL, ID, 8);

        assertThat(commits.correct(AAPL, ID, OptionalLong.of(12))).hasValue(12);
    }

    @Test
    void anotherOwnerMayHaveGoneBack() {
        commits.add(AAPL, ID, 8);
        commits.remove(List.of(AAPL));

        assertThat(commits.correct(AAPL, ID, OptionalLong.of(5))).hasValue(5);
    }

    @Test
    void theOffsetsOfATopicMadeAgainStartAfresh() {
        commits.add(AAPL, ID, 8);

        assertThat(commits.correct(AAPL, Optional.of("second"), OptionalLong.of(2)))
                .hasValue(2);
    }
}
