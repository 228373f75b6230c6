package io.tickhub.hub.command;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Lease;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.TableFiller;
import io.tickhub.runtime.table.TableReader;
import java.util.Map;
import java.util.OptionalLong;

/** A hub's tables in memory, and the subscriptions that tests put there. */
final class HubTablesFixture {

    static final Topics TOPICS = new Topics("");
    static final KafkaConfig NO_KAFKA = new KafkaConfig("localhost:1", TOPICS, Map.of());
    static final ClientId ALICE = new ClientId("alice");

    final HubTables tables = declaredIn(new TableReader(NO_KAFKA, "never-started", failure -> {}));

    private static HubTables declaredIn(TableReader reader) {
        return new HubTables(
                reader.table(TOPICS.subscriptions(), Subscription.class),
                reader.table(TOPICS.progress(), Progress.class),
                reader.table(TOPICS.leases(), Lease.class),
                reader.table(TOPICS.stats(), PriceStats.class));
    }

    static Subscription subscription(String id, String symbol) {
        return new Subscription(
                id, ALICE, new Symbol(symbol), "topic-1", "feeds.alice.1", 5, OptionalLong.empty(), "c0ffee");
    }

    /** The subscription has come back from the topic. */
    Subscription read(Subscription subscription) {
        TableFiller.put(tables.subscriptions(), subscription.key(), subscription);
        return subscription;
    }

    void progress(Subscription subscription, Progress progress) {
        TableFiller.put(tables.progress(), subscription.key(), progress);
    }

    void removed(Subscription subscription) {
        TableFiller.remove(tables.subscriptions(), subscription.key());
        TableFiller.remove(tables.progress(), subscription.key());
    }
}
