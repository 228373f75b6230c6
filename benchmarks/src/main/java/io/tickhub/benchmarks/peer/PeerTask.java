package io.tickhub.benchmarks.peer;

import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.List;
import java.util.Map;

/**
 * What a peer is to do with every tick topic of a cluster. Immutable.
 *
 * @param peer which program
 * @param bootstrapServers of the cluster
 * @param group its consumer group, new for each run
 * @param plan where a peer that forwards writes
 */
public record PeerTask(Peer peer, String bootstrapServers, String group, FeedPlan plan) {

    /** Where {@link StreamsStatistics} writes, as an aggregator writes to {@code stats}. */
    public static final String STATISTICS = "peer-stats";

    static PeerTask of(String[] arguments) {
        return new PeerTask(
                Peer.valueOf(arguments[0]),
                arguments[1],
                arguments[2],
                new FeedPlan(new Topics(""), Integer.parseInt(arguments[3])));
    }

    List<String> arguments() {
        return List.of(peer.name(), bootstrapServers, group, Integer.toString(plan.feedsPerSymbol()));
    }

    KafkaConfig kafka() {
        return new KafkaConfig(bootstrapServers, plan.topics(), Map.of());
    }
}
