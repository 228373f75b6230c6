package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Decoded;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One range that is read from the symbol's own topic: makes of the records there what a hub would write into a feed, so that
 * everything behind the {@link SubscriptionBuffer} is the same. What the buffer has no room for waits here, and nothing more is read
 * meanwhile. For the reader's thread.
 */
final class DirectRange {

    /** A broker may not have heard yet of a topic that was made a moment ago. */
    static final int MOST_TIMES_MISSING = (int) Duration.ofSeconds(3).dividedBy(TopicLook.PERIOD);

    private final RangeId id;
    private final TopicPartition partition;
    private final SubscriptionBuffer buffer;
    private final TickCodec codec = new TickCodec();
    private final Deque<FeedRecord> waiting = new ArrayDeque<>();
    private Optional<String> topicId;
    private long next;
    private int timesMissing;
    private boolean over;

    /**
     * @param partition where its ticks stand
     * @param topicId the topic that the start is an offset of; empty if it is younger than the question for it
     * @param start first offset
     * @param buffer gets what is read
     */
    DirectRange(RangeId id, TopicPartition partition, Optional<String> topicId, long start, SubscriptionBuffer buffer) {
        this.id = id;
        this.partition = partition;
        this.topicId = topicId;
        this.next = start;
        this.buffer = buffer;
    }

    RangeId id() {
        return id;
    }

    TopicPartition partition() {
        return partition;
    }

    SubscriptionBuffer buffer() {
        return buffer;
    }

    /** The offset to be read next. */
    long next() {
        return next;
    }

    /** Whether more is to be read now; not while its topic is missing, since what comes next may be another one's. */
    boolean isHungry() {
        return waiting.isEmpty() && timesMissing == 0 && !over;
    }

    /** Whether it can be forgotten: its end was reached, or the application wants no more. */
    boolean isDone() {
        return buffer.isFinished(id) || buffer.isEnded();
    }

    /** Hands over as much as there is room for. */
    void handOver() {
        while (!waiting.isEmpty()
                && buffer.offer(waiting.peek(), waiting.peek().covers().from()) == SubscriptionBuffer.Offer.ACCEPTED) {
            waiting.remove();
        }
    }

    /**
     * The offsets {@code [from, to)} have been read; those before {@link #next} are another range's. Each tick covers what stands
     * between the one before and itself, the last one the rest as well.
     */
    void read(long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        if (!isHungry() || next < from || next >= to) {
            return;
        }
        Optional<FeedRecord.Ticked> last = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= next
                    && codec.decode(id.symbol(), record.value(), Instant.ofEpochMilli(record.timestamp()))
                            instanceof Decoded.Valid valid) {
                last.ifPresent(waiting::add);
                last = Optional.of(tick(record.offset(), valid.tick()));
                next = record.offset() + 1;
            }
        }
        Covers rest = new Covers(last.map(tick -> tick.covers().from()).orElse(next), to);
        waiting.add(
                last.isPresent()
                        ? new FeedRecord.Ticked(
                                id, rest, last.get().offset(), last.get().tick())
                        : new FeedRecord.Skipped(id, rest));
        next = to;
    }

    /** Retention has deleted what lies before this offset. */
    void miss(long beginning) {
        if (isHungry() && next < beginning) {
            waiting.add(new FeedRecord.Gap(
                    id, new Covers(next, beginning), "deleted by retention before they could be read"));
            next = beginning;
        }
    }

    /** Nothing more can be read. */
    void end(String why) {
        if (!over) {
            over = true;
            waiting.add(new FeedRecord.Ended(id, new Covers(next, next), why));
        }
    }

    /** Another topic of the same name is none of this range. */
    void see(Optional<String> found) {
        timesMissing = found.isPresent() ? 0 : timesMissing + 1;
        topicId = topicId.or(() -> found);
        if (found.isPresent() && !found.equals(topicId)) {
            end("the symbol's topic was deleted and made again");
        } else if (timesMissing >= MOST_TIMES_MISSING) {
            end("the symbol's topic was deleted");
        }
    }

    private FeedRecord.Ticked tick(long offset, Tick tick) {
        return new FeedRecord.Ticked(id, new Covers(next, offset + 1), offset, tick);
    }
}
