package io.tickhub.hub.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableFiller;
import io.tickhub.runtime.table.TableReader;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SubscriptionGroupsTest {

    private static final Topics TOPICS = new Topics("");
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");

    private final CompactedTable<Subscription> table = new TableReader(
                    new KafkaConfig("localhost:1", TOPICS, Map.of()), "never-started", failure -> {})
            .table(TOPICS.subscriptions(), Subscription.class);
    private final Subscription first = read(subscription("1", AAPL));
    private final SubscriptionGroups<Symbol> groups = new SubscriptionGroups<>(table, Subscription::symbol);

    @Test
    void whatWasThereBeforeIsTakenInFirst() {
        assertThat(groups.follow()).containsExactly(AAPL);
        assertThat(groups.of(AAPL)).containsExactly(first);
        assertThat(groups.follow()).isEmpty();
    }

    @Test
    void onlyGroupsInWhichSomethingChangedAreNamed() {
        assertThat(groups.follow()).containsExactly(AAPL);

        Subscription second = read(subscription("2", MSFT));
        Subscription ended = read(second.endingAt(9, "c1"));

        assertThat(groups.follow()).containsExactly(MSFT);
        assertThat(groups.of(MSFT)).containsExactly(ended);
        assertThat(groups.all()).hasSize(2);
    }

    @Test
    void aGroupWithoutMembersIsGone() {
        assertThat(groups.follow()).containsExactly(AAPL);

        TableFiller.remove(table, first.key());

        assertThat(groups.follow()).containsExactly(AAPL);
        assertThat(groups.of(AAPL)).isEmpty();
        assertThat(groups.names()).isEmpty();
        assertThat(groups.all()).isEmpty();
    }

    private Subscription read(Subscription subscription) {
        TableFiller.put(table, subscription.key(), subscription);
        return subscription;
    }

    private static Subscription subscription(String id, Symbol symbol) {
        return new Subscription(
                id, new ClientId("alice"), symbol, "topic-1", "feeds.alice.1", 5, OptionalLong.empty(), "c0ffee");
    }
}
