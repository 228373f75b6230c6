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

    /** The one topic into which {@link Peer#STREAMS_FORWARDING_PROMPTLY} writes, as a hub writes into a client's feed. */
    public static final String FORWARDED = "peer-forwarded";

    /** What one that answers requests is to do. */
    public static PeerTask answering(Peer peer, KafkaConfig kafka) {
        return new PeerTask(peer, kafka.bootstrapServers(), peer.text(), new FeedPlan(kafka.topics(), 1));
    }

    /** Where a peer that answers reads, made as {@code commands} is; its owner is whoever starts the peer. */
    public Topics.Spec requests() {
        return like(plan.topics().commands(), "requests");
    }

    /** Where a peer that answers writes, made as {@code replies} is; its owner is whoever starts the peer. */
    public Topics.Spec replies() {
        return like(plan.topics().replies(), "replies");
    }

    static PeerTask of(String[] arguments) {
        return new PeerTask(
                Peer.valueOf(arguments[0]),
                arguments[1],
                arguments[2],
                new FeedPlan(new Topics(arguments[4]), Integer.parseInt(arguments[3])));
    }

    List<String> arguments() {
        return List.of(
                peer.name(),
                bootstrapServers,
                group,
                Integer.toString(plan.feedsPerSymbol()),
                plan.topics().prefix());
    }

    private Topics.Spec like(Topics.Spec topic, String name) {
        return new Topics.Spec(
                peer.text() + "-" + name,
                topic.partitions(),
                topic.cleanup(),
                topic.retention(),
                topic.maxMessageBytes());
    }

    KafkaConfig kafka() {
        return new KafkaConfig(bootstrapServers, plan.topics(), Map.of());
    }
}
