package io.tickhub.hub.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

/**
 * Whether a committed offset can be less than the whole of what its transaction wrote. The brokers forget a part of a transaction only
 * where the leader of one of their own topics changes: that of the transactions, or that of the offsets. Each change counts the leader epoch of
 * a partition up. So the sum of these epochs is kept as a note with each offset, as the worker knew it before it wrote; if it is
 * the same when another opens the partition, there was no such change since then. For the worker's thread; does not own the admin client.
 */
final class LeaderEpochs {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderEpochs.class);
    private static final List<String> TOPICS =
            List.of(Topic.TRANSACTION_STATE_TOPIC_NAME, Topic.GROUP_METADATA_TOPIC_NAME);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String UNKNOWN = "";
    private static final CompletableFuture<String> NOT_ASKED = new CompletableFuture<>();

    private final Admin admin;
    private CompletableFuture<String> answer = NOT_ASKED;
    private String note = UNKNOWN;
    /** What was known when they were last doubted. */
    private Optional<String> doubted = Optional.empty();

    /** Written by the admin client's thread. */
    private volatile List<TopicPartition> partitions = List.of();

    LeaderEpochs(Admin admin) {
        this.admin = admin;
    }

    /** Asks, if nobody has; whether there is an answer now. */
    boolean know() {
        if (answer == NOT_ASKED) {
            answer = ask().toCompletableFuture();
        }
        if (!answer.isDone()) {
            return false;
        }
        note = answer.join();
        return true;
    }

    /** The answer is old: {@link #know} asks again. */
    void askAgain() {
        answer = NOT_ASKED;
    }

    /** They may have changed. */
    void doubt() {
        if (doubted.isEmpty()) {
            doubted = Optional.of(note);
        }
        askAgain();
    }

    /** Whether they are doubted, and it is not known yet whether they have changed. */
    boolean areInDoubt() {
        return doubted.isPresent();
    }

    /** Whether they have changed since they were doubted, or are unknown; told once. Asks, if they are in doubt. */
    boolean haveChanged() {
        if (doubted.isEmpty() || !know()) {
            return false;
        }
        boolean isSame = areAsOf(doubted.get());
        doubted = Optional.empty();
        askAgain();
        return !isSame;
    }

    /** Whether they are the same as when this note was written; not if one of the two is unknown. */
    boolean areAsOf(String earlier) {
        return !note.equals(UNKNOWN) && note.equals(earlier);
    }

    /** To be kept with an offset that is committed: the newest that is known. */
    String note() {
        return note;
    }

    private CompletionStage<String> ask() {
        return partitions()
                .thenCompose(this::epochs)
                .thenApply(LeaderEpochs::sum)
                .exceptionally(e -> {
                    LOG.debug("The leader epochs of {} are unknown", TOPICS, e);
                    return UNKNOWN;
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
