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
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

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
                null,
                value,
                headers,
                Optional.empty());
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
