package io.tickhub.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeaderEpochsTest {

    private CompletableFuture<String> told = CompletableFuture.completedFuture("7");
    private final LeaderEpochs leaders = new LeaderEpochs(() -> told);

    @Test
    void areNotDoubtedWhileNobodyHasAReason() {
        assertThat(leaders.know()).isTrue();
        leaders.askAgain();
        assertThat(leaders.know()).isTrue();

        assertThat(leaders.areInDoubt()).isFalse();
        assertThat(leaders.haveChanged()).isFalse();
        assertThat(leaders.areAsOf("7")).isTrue();
    }

    @Test
    void areInDoubtUntilTheBrokersAnswer() {
        leaders.know();
        told = new CompletableFuture<>();
        leaders.doubt();
        assertThat(leaders.haveChanged()).isFalse();
        assertThat(leaders.areInDoubt()).isTrue();

        told.complete("7");
        assertThat(leaders.haveChanged()).isFalse();
        assertThat(leaders.areInDoubt()).isFalse();
    }

    @Test
    void haveChangedOnce() {
        leaders.know();
        leaders.doubt();
        told = CompletableFuture.completedFuture("8");

        assertThat(leaders.haveChanged()).isTrue();
        assertThat(leaders.haveChanged()).isFalse();
        assertThat(leaders.areInDoubt()).isFalse();
    }

    /** Asked for another symbol, before a lost connection was noticed: that must not hide it from those that are open. */
    @Test
    void areDoubtedWhereAnotherAnswerComes() {
        leaders.know();
        leaders.askAgain();
        told = CompletableFuture.completedFuture("8");
        assertThat(leaders.know()).isTrue();
        leaders.doubtIfOtherThan("7");
        assertThat(leaders.areInDoubt()).isTrue();

        leaders.doubt();
        assertThat(leaders.haveChanged()).as("since 7").isTrue();
        assertThat(leaders.note()).isEqualTo("8");
    }

    @Test
    void countAsChangedWhereTheBrokersDoNotTell() {
        leaders.know();
        leaders.doubt();
        told = CompletableFuture.completedFuture(LeaderEpochs.UNKNOWN);

        assertThat(leaders.haveChanged()).isTrue();
        assertThat(leaders.areAsOf(LeaderEpochs.UNKNOWN)).isFalse();
    }

    /** Where they are never told, each new symbol would be a reason to open all again. */
    @Test
    void areNotDoubtedWhereTheyWereNeverKnown() {
        told = CompletableFuture.completedFuture(LeaderEpochs.UNKNOWN);
        leaders.know();
        leaders.askAgain();
        leaders.know();
        leaders.doubtIfOtherThan(LeaderEpochs.UNKNOWN);

        assertThat(leaders.areInDoubt()).isFalse();
    }
}
