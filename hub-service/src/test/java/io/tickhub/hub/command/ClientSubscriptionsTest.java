package io.tickhub.hub.command;

import static io.tickhub.hub.command.HubTablesFixture.ALICE;
import static io.tickhub.hub.command.HubTablesFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import org.junit.jupiter.api.Test;

class ClientSubscriptionsTest {

    private static final Symbol AAPL = new Symbol("AAPL");

    private final HubTablesFixture fixture = new HubTablesFixture();
    private final ClientSubscriptions subscriptions = new ClientSubscriptions(fixture.tables);
    private final Subscription first = subscription("0-1", "AAPL");

    @Test
    void whatWasWrittenHereIsThereBeforeItHasComeBack() {
        subscriptions.put(first);

        assertThat(subscriptions.open(ALICE, AAPL)).contains(first);
        assertThat(subscriptions.feed(ALICE)).contains("feeds.alice.1");
    }

    @Test
    void anotherRecordThatComesBackDoesNotUncoverWhatWasWrittenLater() {
        fixture.read(first);
        Subscription ended = first.endingAt(9, "c1");
        subscriptions.put(ended);

        fixture.read(subscription("0-2", "MSFT"));

        assertThat(subscriptions.open(ALICE, AAPL)).isEmpty();
        assertThat(subscriptions.of(ALICE)).contains(ended);
    }

    @Test
    void aSubscriptionThatTheOwnerEndedIsNotOpen() {
        fixture.read(first);
        fixture.progress(first, Progress.ended(7));

        assertThat(subscriptions.open(ALICE, AAPL)).isEmpty();
        assertThat(subscriptions.feed(ALICE)).isEmpty();
    }

    @Test
    void whatWasNotCommittedWasNeverThere() {
        fixture.read(first);
        subscriptions.put(first.endingAt(9, "c1"));
        subscriptions.put(subscription("0-2", "MSFT"));

        subscriptions.rollBack();

        assertThat(subscriptions.of(ALICE)).containsExactly(first);
    }

    @Test
    void anotherHubsDecisionIsNotHiddenByAnOldOneOfThisHub() {
        subscriptions.put(first);
        subscriptions.forget(client -> client.equals(ALICE));
        fixture.read(first);
        Subscription ended = fixture.read(first.endingAt(9, "by another hub"));

        assertThat(subscriptions.of(ALICE)).containsExactly(ended);
        assertThat(subscriptions.open(ALICE, AAPL)).isEmpty();
    }

    @Test
    void clientsOfOtherPartitionsAreNotForgotten() {
        subscriptions.put(first);
        subscriptions.forget(client -> !client.equals(ALICE));

        assertThat(subscriptions.open(ALICE, AAPL)).contains(first);
    }

    @Test
    void whatHasComeBackAndWasRemovedSinceIsGone() {
        subscriptions.put(first);
        fixture.read(first);
        subscriptions.settle();
        fixture.removed(first);

        assertThat(subscriptions.of(ALICE)).isEmpty();
    }
}
