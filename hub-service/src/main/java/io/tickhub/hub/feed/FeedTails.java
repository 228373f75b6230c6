package io.tickhub.hub.feed;

import io.tickhub.model.Covers;
import io.tickhub.model.Headers;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far subscriptions were copied, by what stands in their feeds. It reads the newest records of each feed, up to the end that the feed had
 * when it began, open transactions included: what an earlier owner wrote is either committed by then or will never be. For the worker's
 * thread; owns its consumer, which exists only while it reads, not the admin client.
 */
final class FeedTails {

    private static final Logger LOG = LoggerFactory.getLogger(FeedTails.class);

    /** Of all feeds together: a second or two. */
    private static final int MOST_RECORDS = 1_000_000;

    private static final int MOST_OF_A_FEED = 20_000;
    private static final int LEAST_OF_A_FEED = 500;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaConfig kafka;
    private final String clientId;
    private final Admin admin;
    private final Map<Range, Long> covered = new HashMap<>();
    private Set<String> feeds = Set.of();
    /** Not read to these ends yet. */
    private Map<TopicPartition, Long> unread = Map.of();

    private Optional<ListOffsetsResult> asked = Optional.empty();
    private long askedNanos;
    private KafkaConsumer<byte[], byte[]> consumer;

    /** What a record of a feed says for which subscription it stands. */
    private record Range(String feed, String subscription, String symbol) {}

    FeedTails(KafkaConfig kafka, String clientId, Admin admin) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.admin = admin;
    }

    /**
     * Reads on, as far as that goes without waiting; begins anew after it has come to the end, or was told to {@link #forget}.
     *
     * @return whether all was read
     */
    boolean read(Set<String> wanted) {
        if (!feeds.containsAll(wanted) || (asked.isEmpty() && consumer == null)) {
            begin(wanted);
        }
        if (!feeds.isEmpty()) {
            takeEnds();
            if (consumer != null) {
                poll();
            }
        }
        boolean isRead = asked.isEmpty() && unread.isEmpty();
        if (isRead) {
            close();
        }
        return isRead;
    }

    /** The first offset of a subscription that does not stand in its feed; empty if the newest records say nothing of it. */
    OptionalLong covered(Subscription subscription) {
        Long to = covered.get(new Range(
                subscription.feed(), subscription.id(), subscription.symbol().name()));
        return to == null ? OptionalLong.empty() : OptionalLong.of(to);
    }

    /** What was read counts no longer, since somebody else may have written. */
    void forget() {
        close();
        covered.clear();
        asked = Optional.empty();
        unread = Map.of();
        feeds = Set.of();
    }

    private void begin(Set<String> wanted) {
        forget();
        feeds = Set.copyOf(wanted);
        if (!feeds.isEmpty()) {
            ask(feeds.stream().map(feed -> new TopicPartition(feed, 0)).collect(Collectors.toSet()));
        }
    }

    private void ask(Set<TopicPartition> partitions) {
        askedNanos = System.nanoTime();
        asked = Optional.of(admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)));
    }

    /** A consumer would wait for ever for a feed that is gone: so the ends are asked for again now and then. */
    private void takeEnds() {
        if (asked.isEmpty()) {
            if (!unread.isEmpty() && System.nanoTime() - askedNanos > ASK_AGAIN_NANOS) {
                ask(unread.keySet());
            }
            return;
        }
        Set<TopicPartition> partitions = consumer == null
                ? feeds.stream().map(feed -> new TopicPartition(feed, 0)).collect(Collectors.toSet())
                : unread.keySet();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo> answer =
                    asked.get().partitionResult(partition);
            if (!answer.isDone()) {
                return;
            }
            try {
                ends.put(partition, unread.getOrDefault(partition, answer.get().offset()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    // The cluster is away: asked again.
                    asked = Optional.empty();
                    ask(partitions);
                    return;
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        asked = Optional.empty();
        if (consumer == null) {
            open(ends);
        }
        unread = ends;
    }

    private void open(Map<TopicPartition, Long> ends) {
        ends.values().removeIf(end -> end == 0);
        if (ends.isEmpty()) {
            return;
        }
        consumer = new KafkaConsumer<>(
                kafka.client(
                        clientId,
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                LEAST_OF_A_FEED * 10,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                50)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(ends.keySet());
        int each = Math.clamp(MOST_RECORDS / ends.size(), LEAST_OF_A_FEED, MOST_OF_A_FEED);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - each)));
    }

    private void poll() {
        consumer.poll(POLL).forEach(this::take);
        unread = unread.entrySet().stream()
                .filter(end -> position(end.getKey()) < end.getValue())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Unknown for a moment while a change of leader is looked into. */
    private long position(TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException e) {
            return -1;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> feedRecord) {
        Header subscription = feedRecord.headers().lastHeader(Headers.SUBSCRIPTION);
        Header covers = feedRecord.headers().lastHeader(Headers.COVERS);
        if (subscription == null || covers == null || feedRecord.key() == null) {
            return;
        }
        Range range = new Range(
                feedRecord.topic(),
                new String(subscription.value(), StandardCharsets.ISO_8859_1),
                new String(feedRecord.key(), StandardCharsets.UTF_8));
        try {
            Covers offsets = Covers.parse(new String(covers.value(), StandardCharsets.ISO_8859_1));
            // Others cover nothing, such as that a symbol stands still.
            if (offsets.to() > offsets.from()) {
                covered.merge(range, offsets.to(), Math::max);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("No hub has written record {} of {}", feedRecord.offset(), feedRecord.topic(), e);
        }
    }

    private void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
        }
    }
}
