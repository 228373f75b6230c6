package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.runtime.log.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one feed and hands its records to the buffers of its subscriptions. One thread calls everything but {@link #attach}. It owns
 * its consumer, whose committed offset is the client's place in the feed: never past an event that the application has not done
 * with.
 *
 * <p>The feed is one log, so one full buffer pauses it for all subscriptions of the client that are served by it; the consumer goes
 * on polling meanwhile. An application that wants slow and fast consumers side by side uses two clients.
 *
 * <p>A subscription's records may arrive before the reply that tells its id. So a record of an unknown subscription waits while a
 * SUBSCRIBE is under way. Buffers are attached before their request counts as done, and the count is looked at before the attached
 * buffers are: a record is dropped only if nobody here had asked for it. What was dropped is remembered, for the case that somebody
 * asks later, after a restart, for a subscription that was there before.
 */
final class FeedReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    /** A place that is not committed is read again: no reason to hold up the end for long. */
    private static final Duration LAST_COMMIT_TIMEOUT = Duration.ofSeconds(2);

    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

    /** After the last record comes the marker of its transaction. */
    private static final long LAST_COMMIT_NANOS = Duration.ofMillis(100).toNanos();

    private static final long LAST_WORD_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int DROPPED_RANGES_KEPT = 10_000;

    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /** A hub that has just handed over may be followed by another one. */
    private static final long ABSENCE_NANOS = Duration.ofSeconds(2).toNanos();

    /** A broker may not have heard yet of a feed that was made a moment ago. */
    private static final int MOST_TIMES_MISSING = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final BooleanSupplier isSubscribing;
    private final HubPresence presence;
    private final LongSupplier nanoClock;
    private OptionalLong absentSinceNanos = OptionalLong.empty();
    private final FeedDecoder decoder = new FeedDecoder();

    private final Queue<SubscriptionBuffer> attached = new ConcurrentLinkedQueue<>();
    private final Set<SubscriptionBuffer> buffers = new HashSet<>();
    private final Map<RangeId, SubscriptionBuffer> buffersByRange = new HashMap<>();
    private final Map<RangeId, Long> firstDroppedByRange = new LinkedHashMap<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();
    private final Set<RangeId> endsAwaited = new HashSet<>();
    private final Tally strange = new Tally(LOG, "records that no hub has written are ignored");
    private OptionalLong idleSinceNanos = OptionalLong.empty();
    /** Up to where this is read before what a lease no longer keeps ends. */
    private OptionalLong endAfterLease = OptionalLong.empty();

    private boolean resumed;
    private long committed;
    private long lastCommitNanos;
    private long lastLookNanos;
    private int timesMissing;

    /** @param isSubscribing whether a SUBSCRIBE of this client has not been answered yet */
    FeedReader(
            Consumer<byte[], byte[]> consumer,
            String feed,
            BooleanSupplier isSubscribing,
            HubPresence presence,
            LongSupplier nanoClock) {
        this.presence = presence;
        this.consumer = consumer;
        this.partition = new TopicPartition(feed, 0);
        this.isSubscribing = isSubscribing;
        this.nanoClock = nanoClock;
    }

    /** Any thread: the buffer gets the records of its ranges from now on. */
    void attach(SubscriptionBuffer buffer) {
        attached.add(buffer);
    }

    /** Goes to the client's place in the feed, the beginning of a new one. */
    void open() {
        Optional<OffsetAndMetadata> place = Optional.ofNullable(
                consumer.committed(Set.of(partition), CALL_TIMEOUT).get(partition));
        consumer.assign(Set.of(partition));
        committed = place.map(OffsetAndMetadata::offset).orElse(0L);
        resumed = place.isPresent();
        consumer.seek(partition, committed);
        lastCommitNanos = nanoClock.getAsLong();
        lastLookNanos = lastCommitNanos;
    }

    /**
     * Polls, hands over what fits, commits from time to time.
     *
     * @throws UnknownTopicOrPartitionException if the feed was deleted while it was needed
     */
    void runOnce() {
        takeAttached();
        poll();
        requireFeed();
        while (!backlog.isEmpty() && handOver(backlog.peek())) {
            backlog.remove();
        }
        endWithLease();
        forgetFinished();
        tellAbsence();
        strange.tell();
        if (nanoClock.getAsLong() - lastCommitNanos >= COMMIT_NANOS) {
            lastCommitNanos = nanoClock.getAsLong();
            commitIfMoved(CommitMode.ASYNCHRONOUS);
        }
    }

    /**
     * Whether this feed is done with: no buffer needs it, the hub has said its last word on every range, and that was given a moment
     * to be committed. A feed whose committed place is its end can be deleted.
     */
    boolean isIdle() {
        if (!buffers.isEmpty() || !attached.isEmpty() || !backlog.isEmpty()) {
            idleSinceNanos = OptionalLong.empty();
            return false;
        }
        if (idleSinceNanos.isEmpty()) {
            idleSinceNanos = OptionalLong.of(nanoClock.getAsLong());
        }
        long idleNanos = nanoClock.getAsLong() - idleSinceNanos.getAsLong();
        return idleNanos >= (endsAwaited.isEmpty() ? LAST_COMMIT_NANOS : LAST_WORD_NANOS);
    }

    /** The feed cannot be read any longer: tells all buffers. */
    void fail(FeedException cause) {
        takeAttached();
        buffers.forEach(buffer -> buffer.fail(cause));
    }

    /** Commits the place and closes the consumer. */
    @Override
    public void close() {
        try (consumer) {
            commitIfMoved(CommitMode.SYNCHRONOUS);
        } catch (KafkaException e) {
            LOG.warn("The place in feed {} was not committed: {}", partition.topic(), e.toString());
        }
    }

    private void poll() {
        if (!backlog.isEmpty()) {
            pollPaused();
            return;
        }
        consumer.resume(consumer.paused());
        try {
            consumer.poll(POLL).forEach(backlog::add);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("Feed {} has lost records before they were read; going on with the first one left", partition);
            consumer.seekToBeginning(Set.of(partition));
            buffers.forEach(SubscriptionBuffer::distrust);
        }
    }

    private void pollPaused() {
        consumer.pause(Set.of(partition));
        try {
            consumer.poll(POLL_WHILE_PAUSED);
        } catch (OffsetOutOfRangeException e) {
            // The answer to a fetch from before. It comes again when this is read on, behind what waits in the backlog.
            LOG.debug("Feed {} has lost records while a buffer is full", partition);
        }
    }

    /** A consumer goes on polling a topic that was deleted, without a word. */
    private void requireFeed() {
        if (buffers.isEmpty() || nanoClock.getAsLong() - lastLookNanos < LOOK_NANOS) {
            return;
        }
        lastLookNanos = nanoClock.getAsLong();
        try {
            List<PartitionInfo> found = consumer.partitionsFor(partition.topic(), LOOK_TIMEOUT);
            timesMissing = found == null || found.isEmpty() ? timesMissing + 1 : 0;
        } catch (TimeoutException e) {
            // A cluster that is away is no reason to give up.
            timesMissing = 0;
        }
        if (timesMissing >= MOST_TIMES_MISSING) {
            // No place is left that could be committed, and trying to would take long.
            committed = Long.MAX_VALUE;
            throw new UnknownTopicOrPartitionException("its topic was deleted");
        }
    }

    /** A subscription that no topic belongs to yet has no end in the feed. */
    private void endWithLease() {
        List<SubscriptionBuffer> over =
                buffers.stream().filter(SubscriptionBuffer::isLeaseOver).toList();
        if (over.isEmpty()) {
            return;
        }
        try {
            if (endAfterLease.isEmpty()) {
                endAfterLease = OptionalLong.of(
                        consumer.endOffsets(Set.of(partition), LOOK_TIMEOUT).get(partition));
            }
            if (backlog.isEmpty() && consumer.position(partition, LOOK_TIMEOUT) >= endAfterLease.getAsLong()) {
                over.forEach(SubscriptionBuffer::endWaiting);
                endAfterLease = OptionalLong.empty();
            }
        } catch (TimeoutException e) {
            LOG.debug("The end of feed {} is not known yet", partition.topic());
        }
    }

    /** Where no hub is there, nobody else can tell. */
    private void tellAbsence() {
        if (presence.isHubThere()) {
            absentSinceNanos = OptionalLong.empty();
            return;
        }
        long nanos = nanoClock.getAsLong();
        if (absentSinceNanos.isEmpty()) {
            absentSinceNanos = OptionalLong.of(nanos);
        } else if (nanos - absentSinceNanos.getAsLong() > ABSENCE_NANOS) {
            buffers.forEach(buffer -> buffer.stale(presence.absence()));
        }
    }

    private boolean handOver(ConsumerRecord<byte[], byte[]> feedRecord) {
        Optional<FeedRecord> decoded = decoder.decode(feedRecord);
        if (decoded.isEmpty()) {
            strange.add(partition.topic() + "@" + feedRecord.offset());
            return true;
        }
        RangeId range = decoded.get().range();
        if (endsAwaited.contains(range)) {
            if (decoded.get() instanceof FeedRecord.Ended) {
                endsAwaited.remove(range);
            }
            return true;
        }
        if (!buffersByRange.containsKey(range)) {
            boolean mayBeAskedFor = isSubscribing.getAsBoolean();
            takeAttached();
            buffers.stream()
                    .filter(buffer -> buffer.takes(range))
                    .findFirst()
                    .ifPresent(buffer -> begin(range, buffer));
            if (!buffersByRange.containsKey(range)) {
                return !mayBeAskedFor && drop(range, decoded.get().covers());
            }
        }
        boolean accepted = buffersByRange.get(range).offer(decoded.get(), feedRecord.offset())
                == SubscriptionBuffer.Offer.ACCEPTED;
        if (accepted && decoded.get() instanceof FeedRecord.Ended) {
            buffersByRange.remove(range);
        }
        return accepted;
    }

    private boolean drop(RangeId range, Covers covers) {
        firstDroppedByRange.putIfAbsent(range, covers.from());
        if (firstDroppedByRange.size() > DROPPED_RANGES_KEPT) {
            Iterator<RangeId> eldest = firstDroppedByRange.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return true;
    }

    private void takeAttached() {
        for (SubscriptionBuffer buffer = attached.poll(); buffer != null; buffer = attached.poll()) {
            buffers.add(buffer);
            for (RangeId range : buffer.ids()) {
                begin(range, buffer);
            }
        }
    }

    private void begin(RangeId range, SubscriptionBuffer buffer) {
        buffersByRange.put(range, buffer);
        Long firstDropped = firstDroppedByRange.remove(range);
        if (firstDropped != null) {
            buffer.resumeAt(range, firstDropped);
        } else if (resumed) {
            buffer.resume(range);
        }
    }

    private void forgetFinished() {
        buffersByRange.entrySet().removeIf(entry -> {
            boolean isFinished = entry.getValue().isFinished(entry.getKey());
            if (isFinished) {
                endsAwaited.add(entry.getKey());
            }
            return isFinished;
        });
        buffers.removeIf(SubscriptionBuffer::isSettled);
    }

    private enum CommitMode {
        ASYNCHRONOUS,
        SYNCHRONOUS
    }

    private void commitIfMoved(CommitMode mode) {
        long place;
        try {
            place = place();
        } catch (TimeoutException e) {
            LOG.debug("The place in feed {} is unknown while a change of its leader is looked into", partition.topic());
            return;
        }
        if (place <= committed) {
            return;
        }
        long before = committed;
        committed = place;
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(place));
        switch (mode) {
            case SYNCHRONOUS -> consumer.commitSync(offsets, LAST_COMMIT_TIMEOUT);
            case ASYNCHRONOUS ->
                consumer.commitAsync(offsets, (ignored, failure) -> {
                    if (failure != null) {
                        LOG.debug("The place in feed {} was not committed: {}", partition.topic(), failure.toString());
                        committed = Math.min(committed, before);
                    }
                });
        }
    }

    /** The offset before which the application has done with everything. */
    private long place() {
        long place = backlog.isEmpty()
                ? consumer.position(partition, Duration.ZERO)
                : backlog.element().offset();
        for (SubscriptionBuffer buffer : buffers) {
            OptionalLong oldest = buffer.oldestFeedOffset();
            place = Math.min(place, oldest.orElse(place));
        }
        return place;
    }
}
