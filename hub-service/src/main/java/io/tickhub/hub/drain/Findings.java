package io.tickhub.hub.drain;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Receipt.FeedLine;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far everything has been counted and forwarded, by what is committed in Kafka, whoever did it. Immutable.
 *
 * @param symbols a line for each symbol
 * @param feeds a line for each feed
 */
record Findings(List<SymbolLine> symbols, List<FeedLine> feeds) {

    /**
     * The offsets of the tick topics.
     *
     * @param topics the topics as they are
     * @param endByTopic the ends to be reached
     * @param forwardedByTopic the offsets that the group of the hubs has committed
     */
    record Offsets(TickTopics topics, Map<String, Long> endByTopic, Map<String, Long> forwardedByTopic) {

        private long end(Subscription subscription) {
            return topic(subscription)
                    .map(topic -> Math.min(
                            subscription.end().orElse(Long.MAX_VALUE), endByTopic.getOrDefault(topic.name(), 0L)))
                    // Of a topic that is gone there is nothing more to copy.
                    .orElse(0L);
        }

        private long committed(Subscription subscription) {
            return topic(subscription)
                    .map(topic -> forwardedByTopic.getOrDefault(topic.name(), 0L))
                    .orElse(0L);
        }

        private Optional<TickTopic> topic(Subscription subscription) {
            return topics.find(subscription.symbol())
                    .filter(topic -> topic.topicId().equals(subscription.topicId()));
        }
    }

    /** Compares the tables with the offsets. The tables must have been read past the ends that they had after the offsets. */
    static Findings of(Offsets offsets, HubTables tables, RollCall roll) {
        return new Findings(
                symbols(offsets, tables, roll.figures(Role.PRODUCER)), feeds(offsets, tables, roll.figures(Role.HUB)));
    }

    /** Whether every symbol was counted to its end; what was counted can still not add up, and waiting will not mend that. */
    boolean areCounted() {
        return symbols.stream().allMatch(SymbolLine::reached);
    }

    /** Whether every subscription has been forwarded to its end. */
    boolean areForwarded() {
        return feeds.stream().allMatch(FeedLine::complete);
    }

    private static List<SymbolLine> symbols(Offsets offsets, HubTables tables, Map<String, Long> produced) {
        List<SymbolLine> lines = new ArrayList<>();
        offsets.topics().bySymbol().forEach((symbol, topic) -> {
            if (offsets.endByTopic().containsKey(topic.name())) {
                Optional<PriceStats> stats = tables.stats().get(symbol.name()).filter(found -> topic.topicId()
                        .equals(found.topicId()));
                lines.add(SymbolLine.of(
                        symbol,
                        produced.getOrDefault(symbol.name(), 0L),
                        stats,
                        offsets.endByTopic().get(topic.name())));
            }
        });
        return lines;
    }

    private static List<FeedLine> feeds(Offsets offsets, HubTables tables, Map<String, Long> forwarded) {
        Map<String, List<Subscription>> subscriptionsByFeed = new TreeMap<>();
        forwarded.keySet().forEach(feed -> subscriptionsByFeed.put(feed, new ArrayList<>()));
        tables.subscriptions().values().forEach(subscription -> subscriptionsByFeed
                .computeIfAbsent(subscription.feed(), feed -> new ArrayList<>())
                .add(subscription));
        List<FeedLine> lines = new ArrayList<>();
        subscriptionsByFeed.forEach((feed, subscriptions) -> lines.add(new FeedLine(
                feed,
                forwarded.getOrDefault(feed, 0L),
                subscriptions.size(),
                subscriptions.stream().map(Subscription::symbol).toList(),
                subscriptions.stream().allMatch(subscription -> isForwarded(subscription, offsets, tables)))));
        return lines;
    }

    private static boolean isForwarded(Subscription subscription, Offsets offsets, HubTables tables) {
        Optional<Progress> progress = tables.progress().get(subscription.key());
        if (progress.isPresent() && progress.get().state() == Progress.State.ENDED) {
            return true;
        }
        long next = progress.map(
                        found -> found.state() == Progress.State.LIVE ? offsets.committed(subscription) : found.next())
                .orElse(0L);
        return Math.max(subscription.start(), next) >= offsets.end(subscription);
    }
}
