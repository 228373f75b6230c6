package io.tickhub.runtime.topic;

import io.tickhub.model.Symbol;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The tick topics of the cluster at one moment. Immutable.
 *
 * @param version another number after each change
 * @param bySymbol every symbol that has a topic, in order
 */
public record TickTopics(long version, SortedMap<Symbol, TickTopic> bySymbol) {

    /**
     * One tick topic.
     *
     * @param name the topic
     * @param topicId Kafka's id of the topic; another one after the topic was deleted and made again
     * @param partitions its number of partitions; only a topic with one can be served
     */
    public record TickTopic(String name, String topicId, int partitions) {

        /** Whether its symbol has one total order. */
        public boolean isUsable() {
            return partitions == 1;
        }
    }

    public Optional<TickTopic> find(Symbol symbol) {
        return Optional.ofNullable(bySymbol.get(symbol));
    }
}
