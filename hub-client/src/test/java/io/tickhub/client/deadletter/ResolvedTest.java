package io.tickhub.client.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.deadletter.LetterLog.Range;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedTest {

    private final Resolved resolved = new Resolved(Map.of(
            new TopicPartition("dead-letters", 0), new Range(5_000_000_000L, 5_000_000_100L),
            new TopicPartition("dead-letters", 1), new Range(0, 100)));

    @Test
    void aLetterIsHiddenByItsResolution() {
        resolved.note(resolution(0, 5_000_000_050L, "5000000007"));

        assertThat(resolved.contains(record(0, 5_000_000_007L))).isTrue();
        assertThat(resolved.contains(record(0, 5_000_000_008L))).isFalse();
        assertThat(resolved.contains(record(1, 7))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "51", "-1", "", "seven", "99999999999999999999"})
    void aResolutionOfWhatIsNotBeforeItIsIgnored(String offset) {
        resolved.note(resolution(1, 50, offset));

        for (long i = 0; i < 100; i++) {
            assertThat(resolved.contains(record(1, i))).isFalse();
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        return new ConsumerRecord<>("dead-letters", partition, offset, null, null);
    }

    private static ConsumerRecord<byte[], byte[]> resolution(int partition, long offset, String resolves) {
        ProducerRecord<byte[], byte[]> resolution = new ProducerRecord<>("dead-letters", partition, null, null);
        resolution.headers().add("resolves", resolves.getBytes(StandardCharsets.UTF_8));
        return StoredLetters.stored(resolution, partition, offset);
    }
}
