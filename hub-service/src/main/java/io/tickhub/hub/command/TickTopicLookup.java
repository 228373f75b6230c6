package io.tickhub.hub.command;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import io.tickhub.runtime.topic.TopicWatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the topics of symbols and their ends; blocks for as long as the cluster needs, at most two seconds. Thread safe. */
final class TickTopicLookup {

    private static final int ASK_MILLIS = 2_000;

    private final Admin admin;
    private final Topics topics;
    private final TopicWatcher watcher;

    TickTopicLookup(Admin admin, Topics topics, TopicWatcher watcher) {
        this.admin = admin;
        this.topics = topics;
        this.watcher = watcher;
    }

    /** The topics as they were known a moment ago. */
    TickTopics known() {
        return watcher.current();
    }

    /** The topic of a symbol; asks the cluster where the watcher has not seen it yet. */
    TickTopic find(Symbol symbol) throws Rejected, InterruptedException {
        TickTopic topic = watcher.current().find(symbol).orElse(null);
        if (topic == null) {
            topic = ask(symbol);
        }
        if (!topic.isUsable()) {
            throw new Rejected(
                    ErrorCode.UNUSABLE_SYMBOL,
                    "topic " + topic.name() + " has " + topic.partitions()
                            + " partitions; a symbol's topic has one, so that its ticks have an order");
        }
        return topic;
    }

    /** The end offsets of symbols' topics at this moment. */
    Map<Symbol, Long> ends(List<Symbol> symbols) throws Rejected, InterruptedException {
        return offsets(symbols.stream()
                .collect(Collectors.toMap(Function.identity(), symbol -> OffsetSpec.latest(), (one, same) -> one)));
    }

    /** Offsets of symbols' topics at this moment; -1 where no record is as new as a timestamp. Asks nobody if there is nothing to ask. */
    Map<Symbol, Long> offsets(Map<Symbol, OffsetSpec> specs) throws Rejected, InterruptedException {
        if (specs.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        specs.forEach((symbol, spec) -> asked.put(partition(symbol), spec));
        try {
            var found = admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(ASK_MILLIS))
                    .all()
                    .get();
            Map<Symbol, Long> offsets = new HashMap<>();
            specs.keySet()
                    .forEach(symbol ->
                            offsets.put(symbol, found.get(partition(symbol)).offset()));
            return offsets;
        } catch (ExecutionException e) {
            throw unavailable(e);
        }
    }

    private TickTopic ask(Symbol symbol) throws Rejected, InterruptedException {
        String name = topics.ticks(symbol).name();
        try {
            TopicDescription found = admin.describeTopics(
                            List.of(name), new DescribeTopicsOptions().timeoutMs(ASK_MILLIS))
                    .topicNameValues()
                    .get(name)
                    .get();
            return new TickTopic(
                    name, found.topicId().toString(), found.partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw unknown(symbol, name);
            }
            throw unavailable(e);
        }
    }

    private Rejected unknown(Symbol symbol, String name) {
        List<Symbol> similar =
                SimilarSymbols.to(symbol, watcher.current().bySymbol().keySet());
        String hint = similar.isEmpty()
                ? ""
                : "; similar: " + similar.stream().map(Symbol::name).collect(Collectors.joining(", "));
        return new Rejected(ErrorCode.UNKNOWN_SYMBOL, "no topic " + name + hint);
    }

    private static Rejected unavailable(ExecutionException e) {
        return new Rejected(
                ErrorCode.UNAVAILABLE,
                "Kafka did not answer in time (" + e.getCause().getMessage() + "); send the request again");
    }

    private TopicPartition partition(Symbol symbol) {
        return new TopicPartition(topics.ticks(symbol).name(), 0);
    }
}
