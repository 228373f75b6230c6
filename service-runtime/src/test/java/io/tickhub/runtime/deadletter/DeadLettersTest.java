package io.tickhub.runtime.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLettersTest {

    private static final byte[] KEY = {0, -1};

    private final DeadLetters deadLetters =
            new DeadLetters(new Topics(""), "aggregator-1", InstantSource.fixed(Instant.EPOCH));

    @Test
    void theOriginalStaysAsItWas() {
        byte[] value = {1, 2, 3};
        RecordHeaders headers = new RecordHeaders();
        headers.add("row", "file@7".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> letter =
                deadLetters.of(record(value, headers), DeadLetterReason.NOT_JSON, "no object");

        assertThat(letter.topic()).isEqualTo("dead-letters");
        assertThat(letter.key()).asString().isEqualTo("ticks.AAPL");
        assertThat(letter.value()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(text(letter, "row")).isEqualTo("file@7");
        assertThat(text(letter, Headers.OFFSET)).isEqualTo("17");
        assertThat(text(letter, Headers.DETAIL)).isEqualTo("no object");
    }

    @Test
    void everyHeaderIsThereAndOursComeFirst() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("reason", "theirs".getBytes(StandardCharsets.UTF_8));
        headers.add("original", null);
        headers.add("reason", "again".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> letter =
                deadLetters.of(record(new byte[] {1}, headers), DeadLetterReason.NOT_JSON, "no object");

        assertThat(letter.headers())
                .extracting(Header::key)
                .containsExactly(
                        "topic",
                        "partition",
                        "offset",
                        "timestamp",
                        "reason",
                        "detail",
                        "service",
                        "time",
                        "failures",
                        "key",
                        "original",
                        "reason",
                        "original",
                        "reason");
        assertThat(letter.headers().toArray()[9].value()).isEqualTo(KEY);
        assertThat(letter.headers().toArray())
                .endsWith(headers.toArray())
                .startsWith(new RecordHeader("topic", "ticks.AAPL".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anAbsentKeyIsToldFromAnEmptyOne() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("ticks.AAPL", 0, 17, null, new byte[0]);

        assertThat(deadLetters
                        .of(record, DeadLetterReason.EMPTY, "empty")
                        .headers()
                        .headers("key"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 4", "999999, 1000000", "-5, 1", "99999999999, 1", "often, 1", "'', 1"})
    void failuresAreCountedOn(String before, String after) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("failures", before.getBytes(StandardCharsets.UTF_8));

        assertThat(text(
                        deadLetters.of(record(new byte[] {1}, headers), DeadLetterReason.NOT_JSON, "no object"),
                        "failures"))
                .isEqualTo(after);
    }

    @Test
    void aRowHasNoOffset() {
        ProducerRecord<byte[], byte[]> letter = deadLetters.ofRow(
                "ticks.AAPL", "trades.csv@7", new byte[] {1}, DeadLetterReason.MISSING_FIELD, "time is empty");

        assertThat(letter.headers())
                .extracting(Header::key)
                .containsExactly("topic", "row", "reason", "detail", "service", "time", "failures", "original");
    }

    @Test
    void aRecordThatFillsItsTopicFitsWithAllItsHeaders() {
        byte[] value = new byte[1024 * 1024];
        ProducerRecord<byte[], byte[]> letter =
                deadLetters.of(record(value, new RecordHeaders()), DeadLetterReason.NOT_JSON, "zeros");

        assertThat(letter.value()).isEqualTo(value);
    }

    @Test
    void whatIsTooLargeForADeadLetterIsCutAndTheDetailSaysSo() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("large", new byte[1000]);
        ProducerRecord<byte[], byte[]> letter =
                deadLetters.of(record(new byte[50_000_000], headers), DeadLetterReason.OUT_OF_RANGE, "too large");

        assertThat(letter.value()).hasSizeBetween(1024 * 1024, Topics.DEAD_LETTER_BYTES - 1_000);
        assertThat(letter.headers().headers("large")).isEmpty();
        assertThat(text(letter, Headers.DETAIL)).isEqualTo("too large (cut short)");
        assertThat(text(letter, Headers.ORIGINAL)).isEqualTo("CUT_SHORT");
    }

    @Test
    void manyHeadersAreTooLargeToo() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("large", new byte[5_000_000]);
        ProducerRecord<byte[], byte[]> letter = deadLetters.of(record(null, headers), DeadLetterReason.EMPTY, "empty");

        assertThat(letter.value()).isNull();
        assertThat(letter.headers().headers("large")).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "ticks.AAPL",
                0,
                17,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                value == null ? -1 : value.length,
                KEY,
                value,
                headers,
                Optional.empty());
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().headers(header).iterator().next().value(), StandardCharsets.UTF_8);
    }
}
