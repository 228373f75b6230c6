package io.tickhub.hub.feed;

import io.tickhub.model.FeedEvent;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Consecutive offsets of one symbol's topic with their valid ticks. Immutable.
 *
 * @param from first offset
 * @param to offset after the last one; offsets without a valid tick count too
 * @param ticks in order
 * @param whenEmpty what a subscription is told that gets none of the ticks
 */
record Slice(long from, long to, List<ConsumerRecord<byte[], byte[]>> ticks, FeedEvent.Kind whenEmpty) {

    /** Offsets that were read. */
    static Slice read(long from, long to, List<ConsumerRecord<byte[], byte[]>> ticks) {
        return new Slice(from, to, ticks, FeedEvent.Kind.SKIPPED);
    }

    /** Offsets that retention deleted before they were read. */
    static Slice deleted(long from, long to) {
        return new Slice(from, to, List.of(), FeedEvent.Kind.GAP);
    }

    /** The part of it before an offset. */
    Slice before(long offset) {
        return to <= offset
                ? this
                : new Slice(
                        from,
                        offset,
                        ticks.stream().filter(tick -> tick.offset() < offset).toList(),
                        whenEmpty);
    }
}
