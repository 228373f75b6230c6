package io.tickhub.client.deadletter;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Original;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that could not be used, with the reason and the original. Immutable, as long as nobody changes the bytes.
 *
 * @param number names the letter for ever: its offset on {@code dead-letters} times the number of partitions, plus its partition
 * @param source where the original came from
 * @param reason the kind of fault
 * @param detail one sentence for a person; it may repeat characters of the original
 * @param service the instance that wrote the letter
 * @param time when it was written
 * @param failures how often the original has become a dead letter, this time included
 * @param original how much of the original is here
 * @param stored the letter as it stands on {@code dead-letters}
 */
public record DeadLetter(
        long number,
        Source source,
        DeadLetterReason reason,
        String detail,
        String service,
        Instant time,
        int failures,
        Original original,
        ConsumerRecord<byte[], byte[]> stored) {

    /**
     * Reads a record of {@code dead-letters}.
     *
     * @param partitions how many partitions the topic has
     * @return empty if the record is no dead letter: a resolution, or something that another program wrote there
     */
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> stored, int partitions) {
        Map<String, byte[]> ours = ours(stored);
        if (!ours.containsKey(Headers.ORIGINAL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeadLetter(
                    stored.offset() * partitions + stored.partition(),
                    source(ours),
                    DeadLetterReason.valueOf(text(ours, Headers.REASON)),
                    text(ours, Headers.DETAIL),
                    text(ours, Headers.SERVICE),
                    Instant.parse(text(ours, Headers.TIME)),
                    Integer.parseInt(text(ours, Headers.FAILURES)),
                    Original.valueOf(text(ours, Headers.ORIGINAL)),
                    stored));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The original's value as it was, or its beginning; empty if it had none. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(stored.value());
    }

    /** The original's key as it was; empty if it had none. */
    public Optional<byte[]> key() {
        return Optional.ofNullable(ours(stored).get(Headers.KEY));
    }

    /** The original's headers, in their order. */
    public List<Header> originalHeaders() {
        List<Header> headers = new ArrayList<>();
        boolean behind = false;
        for (Header header : stored.headers()) {
            if (behind) {
                headers.add(header);
            }
            behind |= header.key().equals(Headers.ORIGINAL);
        }
        return headers;
    }

    /** The headers up to and with {@code original}: the original can have others of the same names. */
    private static Map<String, byte[]> ours(ConsumerRecord<byte[], byte[]> stored) {
        Map<String, byte[]> ours = new HashMap<>();
        for (Header header : stored.headers()) {
            ours.put(header.key(), header.value());
            if (header.key().equals(Headers.ORIGINAL)) {
                break;
            }
        }
        return ours;
    }

    private static Source source(Map<String, byte[]> ours) {
        String topic = text(ours, Headers.TOPIC);
        return ours.containsKey(Headers.OFFSET)
                ? new Source.Stored(
                        topic,
                        Integer.parseInt(text(ours, Headers.PARTITION)),
                        Long.parseLong(text(ours, Headers.OFFSET)),
                        Instant.parse(text(ours, Headers.TIMESTAMP)))
                : new Source.Row(topic, text(ours, Headers.ROW));
    }

    private static String text(Map<String, byte[]> ours, String name) {
        byte[] value = ours.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }
}
