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

    /** What a record has besides its value: key, headers, and what the producer keeps for it. */
    private static final long OVERHEAD_BYTES = 200;

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

    /** The part of it from an offset on. */
    Slice from(long offset) {
        return new Slice(
                offset,
                to,
                ticks.stream().filter(tick -> tick.offset() >= offset).toList(),
                whenEmpty);
    }

    /** The beginning of it that one copy of so many bytes has room for, but at least one tick. */
    Slice within(long bytes) {
        long room = bytes;
        for (int i = 0; i < ticks.size(); i++) {
            room -= bytes(ticks.get(i));
            if (room < 0 && i > 0) {
                return new Slice(from, ticks.get(i).offset(), ticks.subList(0, i), whenEmpty);
            }
        }
        return this;
    }

    /** About how many bytes one copy of it takes in the feed. */
    long bytes() {
        return ticks.stream().mapToLong(Slice::bytes).sum();
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> tick) {
        return tick.value().length + OVERHEAD_BYTES;
    }
}
