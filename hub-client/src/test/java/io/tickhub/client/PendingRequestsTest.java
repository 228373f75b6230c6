package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Reply FIRST = new Reply.Symbols(List.of(), Optional.empty());
    private static final Reply SECOND_REPLY = new Reply.Stats(List.of(), Optional.empty());

    private final PendingRequests pending = new PendingRequests(2);

    @Test
    void completesTheRequestOfTheReply() {
        CompletableFuture<Outcome> one = add("1");
        CompletableFuture<Outcome> two = add("2");

        pending.reply("2", FIRST);

        assertThat(one).isNotDone();
        assertThat(two).isCompletedWithValue(new Outcome.Replied(FIRST));
    }

    @Test
    void dropsSecondAndUnknownReplies() {
        CompletableFuture<Outcome> one = add("1");

        pending.reply("1", FIRST);
        pending.reply("1", SECOND_REPLY);
        pending.reply("other", FIRST);

        assertThat(one).isCompletedWithValue(new Outcome.Replied(FIRST));
    }

    @Test
    void refusesWhatPassesTheLimitUntilOneIsDone() {
        assertThat(add("1")).isNotDone();
        assertThat(add("2")).isNotDone();

        assertThatThrownBy(() -> add("3"))
                .isInstanceOf(TooManyRequestsException.class)
                .hasMessageContaining("PING")
                .hasMessageContaining("2 requests");
        pending.reply("1", FIRST);
        assertThat(add("3")).isNotDone();
    }

    @Test
    void givesUpAtTheDeadlineAndDropsTheLateReply() {
        long start = Long.MAX_VALUE - 5; // a nano clock may overflow
        CompletableFuture<Outcome> one = pending.add("1", "PING", SECOND, start);

        pending.expire(start + SECOND.toNanos() - 1);
        assertThat(one).isNotDone();
        pending.expire(start + SECOND.toNanos());
        pending.reply("1", FIRST);

        assertThat(one).isCompletedWithValue(new Outcome.TimedOut());
        assertThat(pending.size()).isZero();
    }

    @Test
    void completesAllAtCloseAndThoseThatComeLater() {
        CompletableFuture<Outcome> before = add("1");

        pending.close(new Outcome.Closed());
        pending.close(new Outcome.TimedOut());

        assertThat(before).isCompletedWithValue(new Outcome.Closed());
        assertThat(add("2")).isCompletedWithValue(new Outcome.Closed());
    }

    @Test
    void takesNewRequestsAfterAllHaveFailed() {
        CompletableFuture<Outcome> before = add("1");

        pending.completeAll(new Outcome.NoHub("gone"));

        assertThat(before).isCompletedWithValue(new Outcome.NoHub("gone"));
        assertThat(add("2")).isNotDone();
    }

    private CompletableFuture<Outcome> add(String correlationId) {
        return pending.add(correlationId, "PING", SECOND, 0);
    }
}
