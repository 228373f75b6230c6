package io.tickhub.drill.rig;

import io.tickhub.cluster.Brokers;
import io.tickhub.model.DrainState;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableReader;
import io.tickhub.runtime.topic.TopicCreator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * A system on a cluster of its own: its topics, its services as processes, the tables that tell what they publish, and a hand to do
 * things past them. Owns all of it but the brokers. For one thread.
 */
public final class Installation implements AutoCloseable {

    private final KafkaConfig kafka;
    private final List<Symbol> symbols;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Admin admin;
    private final CompactedTable<PriceStats> stats;
    private final CompactedTable<DrainState> control;
    private final CompactedTable<Subscription> subscriptions;
    private final Crew crew;
    private final Hand hand;

    private Installation(RigConfig config, Brokers brokers) throws InterruptedException {
        this.kafka = new KafkaConfig(brokers.bootstrapServers(), new Topics(""), Map.of());
        this.symbols = config.simulated();
        this.admin = own(Admin.create(kafka.client("drill-admin", Map.of())));
        createTopics(kafka.topics().system());
        createTopics(symbols.stream().map(kafka.topics()::ticks).toList());
        TableReader tables = own(new TableReader(kafka, "drill-tables", failure -> {}));
        this.stats = tables.table(kafka.topics().stats(), PriceStats.class);
        this.control = tables.table(kafka.topics().control(), DrainState.class);
        CompactedTable<InstanceStatus> services = tables.table(kafka.topics().services(), InstanceStatus.class);
        this.subscriptions = tables.table(kafka.topics().subscriptions(), Subscription.class);
        tables.start();
        this.crew = own(new Crew(config, environment(config, brokers), services));
        this.hand = own(new Hand(kafka, admin));
    }

    /**
     * Makes the topics; no service runs yet.
     *
     * @param brokers used, not owned
     */
    public static Installation on(Brokers brokers, RigConfig config) throws InterruptedException {
        return new Installation(config, brokers);
    }

    public KafkaConfig kafka() {
        return kafka;
    }

    public Admin admin() {
        return admin;
    }

    public Crew crew() {
        return crew;
    }

    public Hand hand() {
        return hand;
    }

    /** The symbols whose topics were made at the beginning. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** The statistics as they are published. */
    public CompactedTable<PriceStats> stats() {
        return stats;
    }

    /** The drain that holds or held last. */
    public CompactedTable<DrainState> control() {
        return control;
    }

    /** The subscriptions as the hubs have written them. */
    public CompactedTable<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Makes topics and waits until they can be used. */
    public void createTopics(List<Topics.Spec> wanted) throws InterruptedException {
        var unused = new TopicCreator(admin).create(wanted);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new DrillException("the system could not be ended well: " + e.getMessage(), e);
            }
        }
    }

    private Map<String, String> environment(RigConfig config, Brokers brokers) {
        return Map.of(
                "TICKHUB_BOOTSTRAP_SERVERS", brokers.bootstrapServers(),
                "TICKHUB_SYMBOLS", symbols.stream().map(Symbol::toString).collect(Collectors.joining(",")),
                "TICKHUB_RATE", Integer.toString(config.ticksPerSecond()),
                "TICKHUB_HUB_WORKERS", "2",
                "TICKHUB_AGGREGATOR_WORKERS", "2");
    }

    private <C extends AutoCloseable> C own(C closeable) {
        opened.push(closeable);
        return closeable;
    }
}
