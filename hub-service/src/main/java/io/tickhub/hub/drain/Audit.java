package io.tickhub.hub.drain;

import io.tickhub.hub.table.HubTables;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.table.TableReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out how far everything has been counted and forwarded, without blocking: asks for the committed offsets of the hubs, then for
 * the ends of the tables, reads the tables past them and compares. In this order: a subscription that is live by the tables then has
 * everything before the offset. It does not ask the members, for a partition without an owner is nobody's. For one thread.
 */
final class Audit {

    private static final int ANSWER_MILLIS = 5_000;

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private Optional<CompletableFuture<Asked>> asked = Optional.empty();

    private record Asked(Map<String, Long> forwardedByTopic, Map<TopicPartition, Long> tableEnds) {}

    Audit(ServiceRuntime runtime, HubTables tables) {
        this.runtime = runtime;
        this.tables = tables;
    }

    /**
     * What was found, once it is known; to be called until then. The next call after that begins anew.
     *
     * @param endByTopic the ends to be reached
     */
    Optional<Findings> look(Map<String, Long> endByTopic, RollCall roll) {
        if (asked.isEmpty()) {
            asked = Optional.of(ask());
            return Optional.empty();
        }
        CompletableFuture<Asked> answer = asked.get();
        if (answer.isCompletedExceptionally()) {
            asked = Optional.empty();
            return Optional.empty();
        }
        return Optional.ofNullable(answer.getNow(null)).filter(this::isRead).map(read -> {
            asked = Optional.empty();
            return findings(endByTopic, read.forwardedByTopic(), roll);
        });
    }

    /** What the tables say as they are, for when the cluster does not answer any more. */
    Findings giveUp(Map<String, Long> endByTopic, RollCall roll) {
        return findings(endByTopic, Map.of(), roll);
    }

    private Findings findings(Map<String, Long> endByTopic, Map<String, Long> forwardedByTopic, RollCall roll) {
        return Findings.of(
                new Findings.Offsets(runtime.tickTopics().current(), endByTopic, forwardedByTopic), tables, roll);
    }

    private boolean isRead(Asked answer) {
        return tables.stats().hasRead(answer.tableEnds())
                && tables.subscriptions().hasRead(answer.tableEnds())
                && tables.progress().hasRead(answer.tableEnds());
    }

    private CompletableFuture<Asked> ask() {
        String group = runtime.topics().group("hub");
        return runtime.admin()
                .listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec()),
                        new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MILLIS))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .toCompletableFuture()
                .thenCompose(offsets -> {
                    Map<String, Long> forwardedByTopic = new HashMap<>();
                    offsets.forEach((partition, offset) -> {
                        if (offset != null) {
                            forwardedByTopic.put(partition.topic(), offset.offset());
                        }
                    });
                    return TableReader.ends(
                                    runtime.admin(), List.of(tables.stats(), tables.subscriptions(), tables.progress()))
                            .toCompletionStage()
                            .thenApply(ends -> new Asked(forwardedByTopic, ends));
                });
    }
}
