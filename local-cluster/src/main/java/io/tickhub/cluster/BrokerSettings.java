package io.tickhub.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kafka's own settings for a local node: broker and controller in one, small, quick to start. No state. */
final class BrokerSettings {

    private static final int MOST_REPLICAS = 3;

    private BrokerSettings() {}

    /**
     * @param port of the listener for clients
     * @param quorum the cluster of which the node is a part
     * @param logFolder where Kafka keeps its data
     * @param logins its users, if it is to ask for passwords
     * @param overrides what the caller wants otherwise
     */
    static Map<String, String> of(
            int port, Quorum quorum, Path logFolder, Optional<BrokerLogins> logins, Map<String, String> overrides) {
        Map<String, String> all = new TreeMap<>();
        String replicas = Integer.toString(Math.min(MOST_REPLICAS, quorum.size()));
        String leastInSync = quorum.size() < MOST_REPLICAS ? "1" : "2";
        all.put("node.id", Integer.toString(quorum.node()));
        all.put("process.roles", "broker,controller");
        all.put("controller.quorum.voters", quorum.voters());
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "CLIENTS");
        all.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + quorum.controllerPort());
        all.put("advertised.listeners", "CLIENTS://localhost:" + port);
        all.put("log.dirs", logFolder.toString());

        all.put("auto.create.topics.enable", "false");
        all.put("log.message.timestamp.type", "LogAppendTime");
        all.put("min.insync.replicas", leastInSync);
        all.put("offsets.topic.replication.factor", replicas);
        all.put("offsets.topic.num.partitions", "10");
        // Of small segments compaction leaves little. What is there is read again after a restart, before a group is
        // served.
        all.put("offsets.topic.segment.bytes", "1048576");
        all.put("transaction.state.log.replication.factor", replicas);
        all.put("transaction.state.log.min.isr", leastInSync);
        all.put("transaction.state.log.num.partitions", "10");
        all.put("share.coordinator.state.topic.replication.factor", replicas);
        all.put("share.coordinator.state.topic.min.isr", leastInSync);
        all.put("share.coordinator.state.topic.num.partitions", "3");

        // A group is complete at once, and a silent member is noticed soon.
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "500");
        all.put("group.consumer.min.session.timeout.ms", "3000");
        all.put("group.consumer.min.heartbeat.interval.ms", "500");
        // A dead owner's open transaction holds readers back: look for it each second, not each ten.
        all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

        // A node that was killed and started again waits until its own old session has expired.
        all.put("broker.heartbeat.interval.ms", "300");
        all.put("broker.session.timeout.ms", "3000");
        // Room for many topics in a small heap.
        all.put("log.cleaner.dedupe.buffer.size", "8388608");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("background.threads", "2");
        all.put("num.recovery.threads.per.data.dir", "2");
        logins.map(BrokerSecurity::of).ifPresent(all::putAll);
        all.putAll(overrides);
        return all;
    }
}
