package io.tickhub.runtime.deadletter;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Original;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes the records of {@code dead-letters}: the original bytes, and in headers where they came from and why. Thread safe.
 *
 * <p>Our headers come first and {@link Headers#ORIGINAL} ends them, so that a reader can tell them from the original's, whatever
 * names those have.
 */
public final class DeadLetters {

    /** Leaves room for the headers of the dead letter. */
    private static final int MAX_ORIGINAL_BYTES = Topics.DEAD_LETTER_BYTES - 64 * 1024;

    private static final Pattern FEW_DIGITS = Pattern.compile("[0-9]{1,6}");

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
     * The dead letter of a record: its headers are kept behind ours. A record that is too large even for a dead letter, which only a
     * compressed one can be, is cut short and loses its key and headers; the detail says so.
     */
    public ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        boolean whole = bytes(record) <= MAX_ORIGINAL_BYTES;
        List<Header> headers = new ArrayList<>(List.of(
                header(Headers.TOPIC, record.topic()),
                header(Headers.PARTITION, Integer.toString(record.partition())),
                header(Headers.OFFSET, Long.toString(record.offset())),
                header(
                        Headers.TIMESTAMP,
                        Instant.ofEpochMilli(record.timestamp()).toString())));
        headers.addAll(why(reason, whole ? detail : detail + " (cut short)"));
        headers.add(header(Headers.FAILURES, Integer.toString(failures(record) + 1)));
        if (whole && record.key() != null) {
            headers.add(new RecordHeader(Headers.KEY, record.key()));
        }
        headers.add(header(Headers.ORIGINAL, (whole ? Original.WHOLE : Original.CUT_SHORT).name()));
        if (whole) {
            record.headers().forEach(headers::add);
        }
        return letter(record.topic(), whole ? record.value() : head(record.value()), headers);
    }

    /**
     * The dead letter of a whole row of a file that cannot become a tick.
     *
     * @param source the topic for which it was meant, or the file where that is not known
     * @param row {@code FILE@LINE}
     * @param value the row's bytes
     */
    public ProducerRecord<byte[], byte[]> ofRow(
            String source, String row, byte[] value, DeadLetterReason reason, String detail) {
        return ofRow(source, row, value, Original.WHOLE, reason, detail);
    }

    /**
     * The dead letter of a row of a file that cannot become a tick.
     *
     * @param source the topic for which it was meant, or the file where that is not known
     * @param row {@code FILE@LINE}
     * @param value the row's bytes, or their beginning
     * @param original which of both
     */
    public ProducerRecord<byte[], byte[]> ofRow(
            String source, String row, byte[] value, Original original, DeadLetterReason reason, String detail) {
        List<Header> headers = new ArrayList<>(List.of(header(Headers.TOPIC, source), header(Headers.ROW, row)));
        headers.addAll(why(reason, detail));
        headers.add(header(Headers.FAILURES, "1"));
        headers.add(header(Headers.ORIGINAL, original.name()));
        return letter(source, value, headers);
    }

    private List<Header> why(DeadLetterReason reason, String detail) {
        return List.of(
                header(Headers.REASON, reason.name()),
                header(Headers.DETAIL, detail),
                header(Headers.SERVICE, instance),
                header(Headers.TIME, clock.instant().toString()));
    }

    private ProducerRecord<byte[], byte[]> letter(String source, byte[] value, List<Header> headers) {
        return new ProducerRecord<>(topic, null, source.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    /** How often the record failed before it was replayed; anybody can write that header, so it may hold anything. */
    private static int failures(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.FAILURES);
        if (header == null || header.value() == null) {
            return 0;
        }
        String text = new String(header.value(), StandardCharsets.US_ASCII);
        return FEW_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            // Two lengths of at most five bytes each; a character has at most three.
            bytes += 10 + 3L * header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] head(byte[] value) {
        return value == null || value.length <= MAX_ORIGINAL_BYTES ? value : Arrays.copyOf(value, MAX_ORIGINAL_BYTES);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
