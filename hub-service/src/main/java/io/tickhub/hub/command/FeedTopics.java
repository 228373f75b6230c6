package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Delivery;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.From;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.TopicCreator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * Makes the topics of clients' feeds. Those that a batch of commands needs are made together: to make one takes the cluster about as long
 * as to make many, and all other commands wait. For one thread.
 */
final class FeedTopics {

    /** With so many, the reply surely fits into a record. */
    private static final int FEW_SYMBOLS = 100;

    private final Topics topics;
    private final TopicCreator creator;
    private final ClientSubscriptions subscriptions;
    private final TickTopicLookup lookup;
    private final Set<String> made = new HashSet<>();

    FeedTopics(Topics topics, TopicCreator creator, ClientSubscriptions subscriptions, TickTopicLookup lookup) {
        this.topics = topics;
        this.creator = creator;
        this.subscriptions = subscriptions;
        this.lookup = lookup;
    }

    /** Makes what commands of a new batch will surely need. */
    void begin(List<Request> batch) throws InterruptedException {
        made.clear();
        Map<ClientId, Topics.Spec> needed = new HashMap<>();
        for (Request request : batch) {
            if (request.body() instanceof Request.Body.Valid valid
                    && valid.command() instanceof Command.Subscribe subscribe
                    && isSure(subscribe)) {
                needed.putIfAbsent(
                        subscribe.client(),
                        topics.feed(subscribe.client(), request.record().timestamp()));
            }
        }
        if (needed.size() > 1) {
            try {
                var unused = creator.create(needed.values());
                needed.values().forEach(feed -> made.add(feed.name()));
            } catch (KafkaException e) {
                // Each command makes its own, and gets its own answer.
            }
        }
    }

    /** Name of the feed of a command that needs a new one, by its append time. */
    String name(Request request, ClientId client) {
        return topics.feed(client, request.record().timestamp()).name();
    }

    /**
     * Makes the feed of that name.
     *
     * @throws Rejected if the cluster does not do it in time
     */
    void make(Request request, ClientId client) throws Rejected, InterruptedException {
        Topics.Spec feed = topics.feed(client, request.record().timestamp());
        if (!made.contains(feed.name())) {
            try {
                var unused = creator.create(List.of(feed));
            } catch (KafkaException e) {
                throw new Rejected(
                        ErrorCode.UNAVAILABLE,
                        "the feed " + feed.name() + " could not be made (" + e.getMessage()
                                + "); send the request again");
            }
        }
    }

    /** Not of a command that may be refused: nobody would ever delete the topic. */
    private boolean isSure(Command.Subscribe command) {
        return command.delivery() == Delivery.FEED
                && command.symbols().size() <= FEW_SYMBOLS
                && command.from() instanceof From.Live
                && command.offsets().isEmpty()
                && subscriptions.of(command.client()).isEmpty()
                && command.symbols().stream().allMatch(this::isServed);
    }

    private boolean isServed(Symbol symbol) {
        return lookup.known().find(symbol).filter(topic -> topic.isUsable()).isPresent();
    }
}
