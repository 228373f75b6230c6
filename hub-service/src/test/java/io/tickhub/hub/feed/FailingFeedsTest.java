package io.tickhub.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailingFeedsTest {

    private static final String FEED = "feeds.alice.1";

    private final Set<String> existing = new HashSet<>(Set.of(FEED));
    private long nanos;
    private final FailingFeeds failing = new FailingFeeds(existing::contains, () -> nanos);

    @Test
    void aFeedThatABrokerHasNotHeardOfYetIsNotLost() {
        existing.clear();
        assertThat(failing.isLost(FEED, new TimeoutException())).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(failing.isLost(FEED, new TimeoutException())).isFalse();

        existing.add(FEED);
        pass(Duration.ofSeconds(2));
        assertThat(failing.isLost(FEED, new TimeoutException())).isFalse();

        existing.clear();
        pass(Duration.ofSeconds(2));
        assertThat(failing.isLost(FEED, new TimeoutException()))
                .as("missing anew")
                .isFalse();
    }

    @Test
    void aFeedThatIsStillMissingAfterAWhileIsLost() {
        existing.clear();
        assertThat(failing.isLost(FEED, new TimeoutException())).isFalse();
        pass(Duration.ofSeconds(3));
        assertThat(failing.isLost(FEED, new TimeoutException())).isTrue();
        assertThat(failing.isEmpty()).isTrue();
    }

    @Test
    void aFeedWithoutALeaderIsWaitedForButNotForEver() {
        for (int second = 0; second < 60; second += 4) {
            assertThat(failing.isLost(FEED, new NotEnoughReplicasException()))
                    .as("after %d s", second)
                    .isFalse();
            pass(Duration.ofSeconds(4));
        }
        assertThat(failing.isLost(FEED, new NotEnoughReplicasException())).isTrue();
    }

    @Test
    void failuresThatAreFarApartDoNotAddUp() {
        for (int i = 0; i < 10; i++) {
            assertThat(failing.isLost(FEED, new TimeoutException())).isFalse();
            pass(Duration.ofSeconds(31));
        }
    }

    @Test
    void aFeedThatRefusesIsSoonLost() {
        for (int i = 0; i < 4; i++) {
            assertThat(failing.isLost(FEED, new TopicAuthorizationException(FEED)))
                    .isFalse();
        }
        assertThat(failing.isLost(FEED, new TopicAuthorizationException(FEED))).isTrue();
    }

    @Test
    void whatWasWrittenBetweenForgivesAll() {
        for (int i = 0; i < 4; i++) {
            assertThat(failing.isLost(FEED, new TopicAuthorizationException(FEED)))
                    .isFalse();
        }
        failing.written(Set.of(FEED));
        assertThat(failing.isLost(FEED, new TopicAuthorizationException(FEED))).isFalse();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
