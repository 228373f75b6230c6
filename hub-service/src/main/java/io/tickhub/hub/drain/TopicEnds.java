package io.tickhub.hub.drain;

import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes the ends of all tick topics, without blocking: of those that exist when it is first asked, and later than that. For one
 * thread.
 */
final class TopicEnds {

    private final ServiceRuntime runtime;
    private OptionalLong looksAtFirst = OptionalLong.empty();
    private Optional<CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>>> asked = Optional.empty();

    TopicEnds(ServiceRuntime runtime) {
        this.runtime = runtime;
    }

    /** The end of each topic, once it is known; to be called until then. */
    Optional<Map<String, Long>> look() {
        if (looksAtFirst.isEmpty()) {
            looksAtFirst = OptionalLong.of(runtime.tickTopics().looks());
        }
        if (asked.isEmpty()) {
            // The last thing that a producer did may have been to make a topic.
            if (runtime.tickTopics().looks() >= looksAtFirst.getAsLong() + 2) {
                asked = Optional.of(ask());
            }
            return Optional.empty();
        }
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer = asked.get();
        if (answer.isCompletedExceptionally()) {
            // A topic was deleted meanwhile, or the cluster did not answer: without ends nothing would be waited for.
            asked = Optional.empty();
        }
        if (!answer.isDone() || answer.isCompletedExceptionally()) {
            return Optional.empty();
        }
        Map<String, Long> endByTopic = new TreeMap<>();
        answer.getNow(Map.of()).forEach((partition, info) -> endByTopic.put(partition.topic(), info.offset()));
        return Optional.of(endByTopic);
    }

    private CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> ask() {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        runtime.tickTopics().current().bySymbol().values().stream()
                .filter(TickTopic::isUsable)
                .forEach(topic -> latest.put(new TopicPartition(topic.name(), 0), OffsetSpec.latest()));
        return runtime.admin().listOffsets(latest).all().toCompletionStage().toCompletableFuture();
    }
}
