package io.tickhub.runtime.topic;

import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.CommandTopics.CommandTopic;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the topics of symbols and of single clients' commands: one thread lists the cluster's topics when the {@link MetadataLog} has
 * grown, and ten times a second anyhow, less often where that takes long; it publishes snapshots. Workers see a new one and subscribe
 * again, which makes their consumers look at once; left alone a consumer would take minutes to notice a new topic. Thread safe; does
 * not own the admin client.
 */
public final class TopicWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    /** How often it is asked whether topics may have been created. */
    private static final Duration TURN = Duration.ofMillis(50);

    /** To list takes so small a part of the time while nothing is created: the more topics, the longer it takes. */
    private static final int PART_OF_TIME = 40;

    /** And while topics are created. */
    private static final int PART_OF_BUSY_TIME = 4;

    /** A broker can know a little less than the controller has told. */
    private static final int LOOKS_AFTER_GROWTH = 2;

    private final Admin admin;
    private final MetadataLog metadata;
    private final Topics topics;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private final Map<Uuid, Integer> partitionsById = new HashMap<>();
    private Map<String, Uuid> listed = Map.of();
    private boolean unreachable;
    private volatile TickTopics current = new TickTopics(0, new TreeMap<>());
    private volatile CommandTopics commands = new CommandTopics(0, new TreeMap<>());
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean stopping;

    /** @param onFailure told, on the watcher's thread, if it dies */
    public TopicWatcher(Admin admin, Topics topics, String name, Consumer<Throwable> onFailure) {
        this.admin = admin;
        this.metadata = new MetadataLog(admin);
        this.topics = topics;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
    }

    /**
     * Looks once, so that the snapshots are true from here on, then goes on in a thread.
     *
     * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
     */
    public void start() throws InterruptedException {
        try {
            look();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics could not be listed", e.getCause());
        }
        thread.start();
    }

    /** The newest snapshot of the tick topics; the same object until something changes. */
    public TickTopics current() {
        return current;
    }

    /** The newest snapshot of the clients' own command topics; the same object until something changes. */
    public CommandTopics commands() {
        return commands;
    }

    /**
     * How often the topics have been listed. {@link #current} is not older than some moment once this number has risen by two since
     * then, for one listing may have been under way.
     */
    public long looks() {
        return looks.get();
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long costNanos = 1_000_000;
        long lookedNanos = System.nanoTime();
        int looksToCome = 0;
        try {
            while (!stopping) {
                Thread.sleep(TURN);
                if (metadata.hasGrown()) {
                    looksToCome = LOOKS_AFTER_GROWTH;
                }
                long beganNanos = System.nanoTime();
                if (beganNanos - lookedNanos < (looksToCome > 0 ? costNanos * PART_OF_BUSY_TIME : period(costNanos))) {
                    continue;
                }
                tryToLook();
                looksToCome = Math.max(0, looksToCome - 1);
                lookedNanos = System.nanoTime();
                // One slow look says little: the machine may have been busy with something else.
                costNanos = Math.min(lookedNanos - beganNanos, costNanos + costNanos / 8);
            }
        } catch (InterruptedException e) {
            if (!stopping) {
                onFailure.accept(e);
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private static long period(long costNanos) {
        return Math.clamp(costNanos * PART_OF_TIME, SHORTEST_PERIOD.toNanos(), LONGEST_PERIOD.toNanos());
    }

    private void tryToLook() throws InterruptedException {
        try {
            look();
            if (unreachable) {
                unreachable = false;
                LOG.info("The cluster answers again");
            }
        } catch (ExecutionException e) {
            if (!unreachable) {
                unreachable = true;
                LOG.warn("The cluster does not answer; trying again: {}", String.valueOf(e.getCause()));
            }
        }
    }

    private void look() throws InterruptedException, ExecutionException {
        Collection<TopicListing> found = admin.listTopics().listings().get();
        Map<String, Uuid> idsByName = new HashMap<>();
        found.forEach(listing -> idsByName.put(listing.name(), listing.topicId()));
        // Nearly always: to read thousands of names again would be most of the work.
        if (!idsByName.equals(listed)) {
            listed = read(found) ? idsByName : Map.of();
        }
        looks.incrementAndGet();
    }

    /** Publishes what was listed; returns whether nothing was left that cannot be described yet. */
    private boolean read(Collection<TopicListing> found) throws InterruptedException {
        Map<Symbol, TopicListing> ticks = new HashMap<>();
        Map<ClientId, TopicListing> own = new HashMap<>();
        for (TopicListing listing : found) {
            topics.symbol(listing.name()).ifPresent(symbol -> ticks.put(symbol, listing));
            topics.clientOfCommands(listing.name()).ifPresent(client -> own.put(client, listing));
        }
        countPartitions(Stream.concat(ticks.values().stream(), own.values().stream())
                .map(TopicListing::topicId)
                .toList());
        SortedMap<Symbol, TickTopic> bySymbol = counted(
                ticks,
                (listing, partitions) ->
                        new TickTopic(listing.name(), listing.topicId().toString(), partitions));
        SortedMap<ClientId, CommandTopic> byClient = counted(
                own,
                (listing, partitions) ->
                        new CommandTopic(listing.name(), listing.topicId().toString(), partitions));
        publish(bySymbol);
        publishCommands(byClient);
        return bySymbol.size() == ticks.size() && byClient.size() == own.size();
    }

    private void publish(SortedMap<Symbol, TickTopic> bySymbol) {
        if (!bySymbol.equals(current.bySymbol())) {
            warnOfUnusable(bySymbol);
            current = new TickTopics(current.version() + 1, bySymbol);
        }
    }

    private void publishCommands(SortedMap<ClientId, CommandTopic> byClient) {
        if (!byClient.equals(commands.byClient())) {
            byClient.forEach((client, topic) -> {
                if (!topic.isUsable() && !commands.find(client).equals(Optional.of(topic))) {
                    LOG.error(
                            "Topic {} has {} partitions and is not served: a client's own has one, so that its commands have "
                                    + "an order; delete it and create it with one",
                            topic.name(),
                            topic.partitions());
                }
            });
            commands = new CommandTopics(commands.version() + 1, byClient);
        }
    }

    /** A topic deleted between the two requests has no count: it is not there. */
    private <K extends Comparable<K>, T> SortedMap<K, T> counted(
            Map<K, TopicListing> listings, BiFunction<TopicListing, Integer, T> topic) {
        SortedMap<K, T> counted = new TreeMap<>();
        listings.forEach((key, listing) -> Optional.ofNullable(partitionsById.get(listing.topicId()))
                .ifPresent(partitions -> counted.put(key, topic.apply(listing, partitions))));
        return Collections.unmodifiableSortedMap(counted);
    }

    /** Asks for the partitions of topics not seen before, and forgets those that are gone. */
    private void countPartitions(List<Uuid> ids) throws InterruptedException {
        partitionsById.keySet().retainAll(Set.copyOf(ids));
        List<Uuid> unknown = new ArrayList<>(ids);
        unknown.removeIf(partitionsById::containsKey);
        if (unknown.isEmpty()) {
            return;
        }
        Map<Uuid, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(TopicCollection.ofTopicIds(unknown)).topicIdValues();
        for (Map.Entry<Uuid, KafkaFuture<TopicDescription>> description : descriptions.entrySet()) {
            try {
                partitionsById.put(
                        description.getKey(),
                        description.getValue().get().partitions().size());
            } catch (ExecutionException e) {
                LOG.debug("Topic {} cannot be described yet", description.getKey(), e);
            }
        }
    }

    private void warnOfUnusable(SortedMap<Symbol, TickTopic> bySymbol) {
        bySymbol.forEach((symbol, topic) -> {
            Optional<TickTopic> before = current.find(symbol);
            if (!topic.isUsable() && !before.equals(Optional.of(topic))) {
                LOG.error(
                        "Topic {} has {} partitions and is not served: a symbol's topic has one, so that its ticks have an "
                                + "order; delete it and create it with one",
                        topic.name(),
                        topic.partitions());
            }
        });
    }
}
