package io.tickhub.runtime.deadletter;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes the records of {@code dead-letters}: the original bytes, and in headers where they came from and why. Thread safe. */
public final class DeadLetters {

    /** Leaves room for the headers of the dead letter. */
    private static final int MAX_ORIGINAL_BYTES = Topics.DEAD_LETTER_BYTES - 64 * 1024;

    private final String topic;
    private final String instance;
    private final InstantSource clock;

    /**
     * @param instance named in the {@code service} header
     * @param clock gives the {@code time} header
     */
    public DeadLetters(Topics topics, String instance, InstantSource clock) {
        this.topic = topics.deadLetters().name();
        this.instance = instance;
        this.clock = clock;
    }

    /**
     * The dead letter of a record: its headers are kept behind those that say where it came from. A record that is too large even
     * for a dead letter, which only a compressed one can be, is cut short and loses its headers; the detail says so.
     */
    public ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        boolean whole = bytes(record) <= MAX_ORIGINAL_BYTES;
        ProducerRecord<byte[], byte[]> letter = whole
                ? letter(record.topic(), record.value(), reason, detail)
                : letter(record.topic(), head(record.value()), reason, detail + " (cut short)");
        letter.headers()
                .add(header(Headers.PARTITION, Integer.toString(record.partition())))
                .add(header(Headers.OFFSET, Long.toString(record.offset())))
                .add(header(
                        Headers.TIMESTAMP,
                        Instant.ofEpochMilli(record.timestamp()).toString()));
        if (whole) {
            record.headers().forEach(letter.headers()::add);
        }
        return letter;
    }

    /**
     * The dead letter of a row of a file that cannot become a tick.
     *
     * @param source the topic for which it was meant, or the file where that is not known
     * @param row {@code FILE@LINE}
     * @param value the row's bytes
     */
    public ProducerRecord<byte[], byte[]> ofRow(
            String source, String row, byte[] value, DeadLetterReason reason, String detail) {
        ProducerRecord<byte[], byte[]> letter = letter(source, value, reason, detail);
        letter.headers().add(header(Headers.ROW, row));
        return letter;
    }

    private ProducerRecord<byte[], byte[]> letter(String source, byte[] value, DeadLetterReason reason, String detail) {
        List<Header> headers = List.of(
                header(Headers.TOPIC, source),
                header(Headers.REASON, reason.name()),
                header(Headers.DETAIL, detail),
                header(Headers.SERVICE, instance),
                header(Headers.TIME, clock.instant().toString()));
        return new ProducerRecord<>(topic, null, source.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = record.value() == null ? 0 : record.value().length;
        for (Header header : record.headers()) {
            // Two lengths of at most five bytes each; a character has at most three.
            bytes += 10 + 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private static byte[] head(byte[] value) {
        return value == null || value.length <= MAX_ORIGINAL_BYTES ? value : Arrays.copyOf(value, MAX_ORIGINAL_BYTES);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
