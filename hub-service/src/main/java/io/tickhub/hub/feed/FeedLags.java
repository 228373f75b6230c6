package io.tickhub.hub.feed;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how far behind the readers of feeds are: the end of each feed less what its reader has committed. One thread looks, any may
 * ask. Does not own the admin client.
 */
public final class FeedLags {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLags.class);
    private static final int ASK_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private final Admin admin;
    private final Topics topics;
    private final HubTables tables;
    private final long limit;
    private volatile Map<String, Long> lagByFeed = Map.of();
    private volatile Set<String> behind = Set.of();

    /** @param limit records by which a reader is far behind; no longer so at half of them */
    public FeedLags(Admin admin, Topics topics, HubTables tables, long limit) {
        this.admin = admin;
        this.topics = topics;
        this.tables = tables;
        this.limit = limit;
    }

    /**
     * By how many records the reader of a feed was behind a moment ago, markers of transactions included; empty if it has never
     * committed a place.
     */
    public OptionalLong of(String feed) {
        Long lag = lagByFeed.get(feed);
        return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
    }

    /** Whether the reader of a feed is far behind. */
    public boolean isBehind(String feed) {
        return behind.contains(feed);
    }

    /** Looks once; to be called every second or two. Keeps what it knows if the cluster does not answer. */
    public void look() throws InterruptedException {
        Map<String, ClientId> clients = new HashMap<>();
        for (Subscription subscription : tables.subscriptions().values()) {
            if (!tables.isEnded(subscription)) {
                clients.put(subscription.feed(), subscription.client());
            }
        }
        Map<String, Long> lags = new HashMap<>();
        if (!clients.isEmpty()) {
            Map<String, Long> places = places(clients);
            ends(places.keySet()).forEach((feed, end) -> lags.put(feed, Math.max(0, end - places.get(feed))));
        }
        Set<String> nowBehind = new HashSet<>();
        lags.forEach((feed, lag) -> {
            if (lag > (behind.contains(feed) ? limit / 2 : limit)) {
                nowBehind.add(feed);
            }
        });
        lagByFeed = Map.copyOf(lags);
        behind = Set.copyOf(nowBehind);
    }

    private Map<String, Long> places(Map<String, ClientId> clients) throws InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
        clients.forEach((feed, client) -> asked.put(
                topics.feedGroup(client),
                new ListConsumerGroupOffsetsSpec().topicPartitions(Set.of(new TopicPartition(feed, 0)))));
        ListConsumerGroupOffsetsResult answer =
                admin.listConsumerGroupOffsets(asked, new ListConsumerGroupOffsetsOptions().timeoutMs(ASK_MILLIS));
        Map<String, Long> places = new HashMap<>();
        for (String group : asked.keySet()) {
            try {
                Map<TopicPartition, OffsetAndMetadata> found =
                        answer.partitionsToOffsetAndMetadata(group).get();
                found.forEach((partition, place) -> {
                    if (place != null) {
                        places.put(partition.topic(), place.offset());
                    }
                });
            } catch (ExecutionException e) {
                LOG.debug("The place of group {} is not known", group, e);
            }
        }
        return places;
    }

    private Map<String, Long> ends(Set<String> feeds) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        feeds.forEach(feed -> asked.put(new TopicPartition(feed, 0), OffsetSpec.latest()));
        ListOffsetsResult answer = admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(ASK_MILLIS));
        Map<String, Long> ends = new HashMap<>();
        for (TopicPartition partition : asked.keySet()) {
            try {
                ends.put(
                        partition.topic(),
                        answer.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                LOG.debug("The end of {} is not known", partition, e);
            }
        }
        return ends;
    }
}
