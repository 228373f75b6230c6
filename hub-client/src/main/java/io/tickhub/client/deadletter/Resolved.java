package io.tickhub.client.deadletter;

import io.tickhub.client.deadletter.LetterLog.Range;
import io.tickhub.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Which letters have been resolved, one bit each: a topic can hold millions of them. For one thread. */
final class Resolved {

    private final Map<TopicPartition, Range> ranges;
    private final Map<TopicPartition, BitSet> resolved = new HashMap<>();

    /** @param ranges the offsets of interest; a resolution of a letter before them is ignored */
    Resolved(Map<TopicPartition, Range> ranges) {
        this.ranges = ranges;
    }

    /** Whether a record says what became of a letter: {@code resolves} is its first header, which no letter begins with. */
    static boolean isResolution(ConsumerRecord<byte[], byte[]> record) {
        for (Header header : record.headers()) {
            return header.key().equals(Headers.RESOLVES);
        }
        return false;
    }

    /** Takes note of a resolution, and passes over everything else. */
    void note(ConsumerRecord<byte[], byte[]> record) {
        if (!isResolution(record)) {
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        long start = ranges.get(partition).start();
        long offset = offset(record);
        // Anybody can write such a record: it counts if it names a letter that came before it.
        if (offset >= start && offset < record.offset()) {
            resolved.computeIfAbsent(partition, any -> new BitSet()).set(Math.toIntExact(offset - start));
        }
    }

    /** Whether the letter that stands there was resolved. */
    boolean contains(ConsumerRecord<byte[], byte[]> letter) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        BitSet bits = resolved.get(partition);
        return bits != null
                && bits.get(
                        Math.toIntExact(letter.offset() - ranges.get(partition).start()));
    }

    private static long offset(ConsumerRecord<byte[], byte[]> resolution) {
        byte[] value = resolution.headers().iterator().next().value();
        try {
            return value == null ? -1 : Long.parseLong(new String(value, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
