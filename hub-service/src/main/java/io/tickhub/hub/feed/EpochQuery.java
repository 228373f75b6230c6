package io.tickhub.hub.feed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the sum of the leader epochs of the brokers' own topics. For one thread; does not own the admin client. */
final class EpochQuery implements Supplier<CompletionStage<String>> {

    private static final Logger LOG = LoggerFactory.getLogger(EpochQuery.class);
    private static final List<String> TOPICS =
            List.of(Topic.TRANSACTION_STATE_TOPIC_NAME, Topic.GROUP_METADATA_TOPIC_NAME);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Admin admin;

    /** Written by the admin client's thread. */
    private volatile List<TopicPartition> partitions = List.of();

    EpochQuery(Admin admin) {
        this.admin = admin;
    }

    @Override
    public CompletionStage<String> get() {
        return partitions().thenCompose(this::epochs).thenApply(EpochQuery::sum).exceptionally(e -> {
            LOG.debug("The leader epochs of {} are unknown", TOPICS, e);
            return LeaderEpochs.UNKNOWN;
        });
    }

    /** Of both topics. Their number never changes, so they are asked for once. */
    private CompletionStage<List<TopicPartition>> partitions() {
        return partitions.isEmpty()
                ? admin.describeTopics(TOPICS, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                        .allTopicNames()
                        .toCompletionStage()
                        .thenApply(topics -> partitions = topics.values().stream()
                                .flatMap(topic -> topic.partitions().stream()
                                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                                .toList())
                : CompletableFuture.completedStage(partitions);
    }

    private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> epochs(List<TopicPartition> of) {
        return admin.listOffsets(
                        of.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                        new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all()
                .toCompletionStage();
    }

    private static String sum(Map<TopicPartition, ListOffsetsResultInfo> ends) {
        return "leader epochs "
                + ends.values().stream()
                        .mapToInt(end -> end.leaderEpoch().orElseThrow())
                        .sum();
    }
}
