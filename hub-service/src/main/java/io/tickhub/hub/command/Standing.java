package io.tickhub.hub.command;

import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns subscriptions that wait for topics into ranges of those topics: of a symbol that had none, and of all symbols. A topic that
 * appears is read from its first record on. No state.
 */
final class Standing {

    private Standing() {}

    /** The id of a range that stems from a subscription to all symbols: another topic of the same name has another one. */
    static String id(Subscription all, TickTopic topic) {
        return all.id() + ":" + topic.topicId();
    }

    /** Whether a subscription stems from one to all symbols. */
    static boolean isPartOf(Subscription all, Subscription subscription) {
        return subscription.id().startsWith(all.id() + ":");
    }

    /**
     * What one that waits leads to, now that these topics are there.
     *
     * @param known everything that is known of its client
     */
    static List<Subscription> bind(Subscription waiting, Collection<Subscription> known, TickTopics topics) {
        if (!waiting.symbol().equals(Symbol.ALL)) {
            return topics
                    .find(waiting.symbol())
                    .filter(TickTopic::isUsable)
                    .map(topic -> waiting.bound(waiting.id(), waiting.symbol(), topic.topicId(), 0))
                    .stream()
                    .toList();
        }
        Set<String> bound = known.stream().map(Subscription::id).collect(Collectors.toSet());
        List<Subscription> added = new ArrayList<>();
        topics.bySymbol().forEach((symbol, topic) -> {
            if (topic.isUsable() && !bound.contains(id(waiting, topic))) {
                added.add(waiting.bound(id(waiting, topic), symbol, topic.topicId(), 0));
            }
        });
        return added;
    }
}
