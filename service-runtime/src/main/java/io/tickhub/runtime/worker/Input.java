package io.tickhub.runtime.worker;

import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.CommandTopics.CommandTopic;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import io.tickhub.runtime.topic.TopicWatcher;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a worker reads: every topic of a kind, also those that are yet to come. Thread safe. */
public sealed interface Input {

    /** Matches the topics; the same in every member of the group. */
    Pattern pattern();

    /** Another number when there are other topics than before. */
    long version();

    /** Whether all topics that are known now are among these. */
    boolean isWithin(Set<String> found);

    /** What is known of one of the topics. */
    Known find(String topic);

    /** What is known of a topic. */
    sealed interface Known {

        /** Kafka's id of the topic, if it matters: another one after the topic was deleted and made again. */
        default Optional<String> id() {
            return Optional.empty();
        }

        /** It is there, and to be read. */
        record Served(String topicId) implements Known {

            @Override
            public Optional<String> id() {
                return Optional.of(topicId);
            }
        }

        /** It is there, but has not the one partition that it should have: not to be read unless it is made again. */
        record Unusable(String topicId) implements Known {

            @Override
            public Optional<String> id() {
                return Optional.of(topicId);
            }
        }

        /** It is always there. */
        record Fixed() implements Known {}

        /** It has not been seen yet, or not any more. */
        record Unseen() implements Known {}

        /** No topic of this name is ever served. */
        record Strange() implements Known {}
    }

    /** Every tick topic. */
    record Ticks(Topics topics, TopicWatcher watcher) implements Input {

        @Override
        public Pattern pattern() {
            return topics.tickPattern();
        }

        @Override
        public long version() {
            return watcher.current().version();
        }

        @Override
        public boolean isWithin(Set<String> found) {
            return watcher.current().bySymbol().values().stream()
                    .map(TickTopic::name)
                    .allMatch(found::contains);
        }

        @Override
        public Known find(String topic) {
            Optional<Symbol> symbol = topics.symbol(topic);
            return symbol.isEmpty()
                    ? new Known.Strange()
                    : known(symbol.flatMap(watcher.current()::find), TickTopic::topicId, TickTopic::isUsable);
        }
    }

    /** The commands of all, of administrators, and of every client that has a topic of its own. */
    record Commands(Topics topics, TopicWatcher watcher) implements Input {

        @Override
        public Pattern pattern() {
            return topics.commandPattern();
        }

        @Override
        public long version() {
            return watcher.commands().version();
        }

        @Override
        public boolean isWithin(Set<String> found) {
            return watcher.commands().byClient().values().stream()
                    .map(CommandTopic::name)
                    .allMatch(found::contains);
        }

        @Override
        public Known find(String topic) {
            Optional<ClientId> client = topics.clientOfCommands(topic);
            return client.isEmpty()
                    ? new Known.Fixed()
                    : known(client.flatMap(watcher.commands()::find), CommandTopic::topicId, CommandTopic::isUsable);
        }
    }

    private static <T> Known known(Optional<T> topic, Function<T, String> topicId, Predicate<T> isUsable) {
        return topic.<Known>map(found -> isUsable.test(found)
                        ? new Known.Served(topicId.apply(found))
                        : new Known.Unusable(topicId.apply(found)))
                .orElseGet(Known.Unseen::new);
    }
}
