package io.tickhub.hub.feed;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.table.CompactedTable.Entry;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is over: the records of subscriptions that ended a minute ago, the leases of clients that hold none, and a feed once all its subscriptions have ended and
 * its reader has read it to the end, or its grace is over. For one thread; owns nothing.
 *
 * <p>The minute is there so that a command that was sent again still finds what its first copy did. After it nobody else writes
 * these keys: the symbol's owner is done with them, and a client's hub never changes a subscription that has ended.
 */
public final class FeedJanitor {

    private static final Logger LOG = LoggerFactory.getLogger(FeedJanitor.class);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final Duration grace;
    private final Duration kept;
    private final Predicate<ClientId> isOwn;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param grace how long a feed stays that was not read to its end
     * @param isOwn whether this hub answers the commands of a client, and so cleans up after it
     * @param producer used, not owned
     */
    public FeedJanitor(
            ServiceRuntime runtime,
            HubTables tables,
            Duration grace,
            Predicate<ClientId> isOwn,
            Producer<byte[], byte[]> producer) {
        this.runtime = runtime;
        this.tables = tables;
        this.grace = grace;
        this.kept = grace.compareTo(KEPT) < 0 ? grace : KEPT;
        this.isOwn = isOwn;
        this.producer = producer;
    }

    /** Cleans up once; may block for some seconds. */
    public void clean() throws InterruptedException {
        Map<String, List<Entry<Subscription>>> byFeed = new HashMap<>();
        for (Entry<Subscription> entry : tables.subscriptions().entries().values()) {
            if (isOwn.test(entry.value().client())) {
                byFeed.computeIfAbsent(entry.value().feed(), feed -> new ArrayList<>())
                        .add(entry);
            }
        }
        for (Map.Entry<String, List<Entry<Subscription>>> feed : byFeed.entrySet()) {
            clean(feed.getKey(), feed.getValue());
        }
        Set<ClientId> holders = tables.subscriptions().values().stream()
                .map(Subscription::client)
                .collect(Collectors.toSet());
        tables.leases().entries().forEach((key, entry) -> {
            ClientId client = entry.value().client();
            if (isOwn.test(client) && !holders.contains(client) && isLongAgo(entry.appended(), kept)) {
                var unused = producer.send(
                        new ProducerRecord<>(tables.leases().topic(), key.getBytes(StandardCharsets.UTF_8), null));
            }
        });
    }

    private void clean(String feed, List<Entry<Subscription>> subscriptions) throws InterruptedException {
        List<Entry<Subscription>> over =
                subscriptions.stream().filter(entry -> isOver(entry, kept)).toList();
        if (over.size() < subscriptions.size()) {
            forget(over);
        } else if (over.stream().allMatch(entry -> isOver(entry, grace))
                || isRead(feed, over.get(0).value().client())) {
            if (delete(feed)) {
                forget(over);
            }
        }
    }

    private boolean isOver(Entry<Subscription> entry, Duration kept) {
        Subscription subscription = entry.value();
        Instant ended;
        if (tables.isEnded(subscription)) {
            ended = tables.progress()
                    .entry(subscription.key())
                    .map(Entry::appended)
                    .orElse(entry.appended());
        } else if (!subscription.isOpen() && isTopicGone(subscription)) {
            // Nobody owns a symbol without a topic, so nobody reports its end.
            ended = entry.appended();
        } else {
            return false;
        }
        return isLongAgo(ended, kept);
    }

    private boolean isLongAgo(Instant moment, Duration time) {
        return moment.plus(time).isBefore(runtime.services().newestAppend());
    }

    private boolean isTopicGone(Subscription subscription) {
        return runtime.tickTopics()
                .current()
                .find(subscription.symbol())
                .map(TickTopic::topicId)
                .filter(subscription.topicId()::equals)
                .isEmpty();
    }

    private boolean isRead(String feed, ClientId client) throws InterruptedException {
        TopicPartition partition = new TopicPartition(feed, 0);
        String group = runtime.topics().feedGroup(client);
        try {
            OffsetAndMetadata committed = runtime.admin()
                    .listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition))))
                    .partitionsToOffsetAndMetadata(group)
                    .get()
                    .get(partition);
            long end = runtime.admin()
                    .listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            return committed != null && committed.offset() >= end;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }
    }

    /** Returns whether it is gone; if not, its subscriptions stay, by which it is found again. */
    private boolean delete(String feed) throws InterruptedException {
        try {
            runtime.admin().deleteTopics(List.of(feed)).all().get();
            LOG.debug("Feed {} is deleted", feed);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                LOG.warn(
                        "Feed {} could not be deleted; trying again: {}",
                        feed,
                        e.getCause().toString());
                return false;
            }
        }
        return true;
    }

    /**
     * The subscriptions first: one without progress would look new, and be copied again from its start, if the hub died between the
     * two.
     */
    private void forget(List<Entry<Subscription>> over) throws InterruptedException {
        List<Removal> removals = new ArrayList<>();
        for (Entry<Subscription> entry : over) {
            byte[] key = entry.value().key().getBytes(StandardCharsets.UTF_8);
            var sent = producer.send(new ProducerRecord<>(tables.subscriptions().topic(), key, null));
            removals.add(new Removal(key, sent));
        }
        for (Removal removal : removals) {
            try {
                var unusedPlace = removal.sent().get();
                var unused =
                        producer.send(new ProducerRecord<>(tables.progress().topic(), removal.key(), null));
            } catch (ExecutionException e) {
                LOG.debug("An ended subscription could not be removed; trying again", e);
            }
        }
    }

    /** The tombstone of a subscription that is on its way. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Removal(byte[] key, Future<RecordMetadata> sent) {}
}
