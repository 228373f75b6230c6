package io.tickhub.client;

import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the cluster says of the topics of symbols: their ids and ends. Thread safe; owns its admin client. */
final class SymbolTopics implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Admin admin;
    private final Topics topics;
    private final String servers;

    /** @param servers the brokers, as configured, for the texts of errors */
    SymbolTopics(Admin admin, Topics topics, String servers) {
        this.admin = admin;
        this.topics = topics;
        this.servers = servers;
    }

    /** Kafka's ids of the symbols' topics; a symbol without a topic is left out. Does not wait. */
    CompletableFuture<Map<Symbol, String>> ids(Set<Symbol> symbols, Duration timeout) {
        Map<String, Symbol> symbolsByTopic = new HashMap<>();
        symbols.forEach(symbol -> symbolsByTopic.put(topics.ticks(symbol).name(), symbol));
        Map<Symbol, String> ids = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        admin.describeTopics(symbolsByTopic.keySet(), new DescribeTopicsOptions().timeoutMs((int) timeout.toMillis()))
                .topicNameValues()
                .forEach((topic, answer) -> answers.add(answer.toCompletionStage()
                        .<Void>handle((found, failure) -> {
                            if (failure == null) {
                                ids.put(
                                        symbolsByTopic.get(topic),
                                        found.topicId().toString());
                            } else if (!isUnknown(failure)) {
                                throw new CompletionException(failure);
                            }
                            return null;
                        })
                        .toCompletableFuture()));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> Map.copyOf(ids));
    }

    /**
     * Kafka's ids of the symbols' topics; a symbol without a topic is left out.
     *
     * @throws BrokerException if the cluster does not say it in time
     */
    Map<Symbol, String> awaitIds(Collection<Symbol> symbols, Duration timeout) {
        return await(ids(Set.copyOf(symbols), timeout), timeout);
    }

    /**
     * The offset after the last one of each symbol's topic at this moment; a symbol without a topic is left out.
     *
     * @throws BrokerException if the cluster does not say it in time
     */
    Map<Symbol, Long> awaitEnds(Collection<Symbol> symbols, Duration timeout) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        // Kafka's admin client goes on asking for the end of a topic that does not exist.
        Set<Symbol> present = awaitIds(symbols, timeout).keySet();
        present.forEach(symbol -> asked.put(partition(symbol), OffsetSpec.latest()));
        var answer = await(
                admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs((int) timeout.toMillis()))
                        .all(),
                timeout);
        Map<Symbol, Long> ends = new HashMap<>();
        present.forEach(symbol -> ends.put(symbol, answer.get(partition(symbol)).offset()));
        return ends;
    }

    /** Where a symbol's ticks stand. */
    TopicPartition partition(Symbol symbol) {
        return new TopicPartition(topics.ticks(symbol).name(), 0);
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }

    private <T> T await(Future<T> answer, Duration timeout) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw BrokerException.explain(servers, timeout, new KafkaException(e.getCause()));
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }
}
