package io.tickhub.client.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRouteTest {

    private static final byte[] VALUE = {0, -1, 7};
    private static final byte[] KEY = {-128};

    private final Map<String, Integer> topics = Map.of(
            "test.ticks.AAPL", 1,
            "test.ticks.WIDE", 2,
            "test.commands", 8,
            "test.admin-commands", 1,
            "test.stats", 4,
            "other.ticks.AAPL", 1);
    private final ReplayRoute route = new ReplayRoute(
            StoredLetters.TOPICS,
            topic -> topics.containsKey(topic) ? OptionalInt.of(topics.get(topic)) : OptionalInt.empty());

    @ParameterizedTest
    @CsvSource({"test.ticks.AAPL, 0", "test.commands, 5"})
    void theOriginalGoesBackWhereItCameFrom(String topic, int partition) {
        RecordHeaders theirs = new RecordHeaders();
        theirs.add("trace", KEY);
        theirs.add("key", null);
        DeadLetter letter = StoredLetters.of(StoredLetters.original(topic, partition, KEY, VALUE, theirs));

        assertThat(route.refusal(letter)).isEmpty();
        ProducerRecord<byte[], byte[]> record = route.record(letter);
        assertThat(record.topic()).isEqualTo(topic);
        assertThat(record.partition()).isEqualTo(partition);
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(record.headers()).startsWith(theirs.toArray()).hasSize(3);
        assertThat(failures(record)).isEqualTo("1");
    }

    @Test
    void aReplayedRecordThatFailsThreeTimesStays() {
        RecordHeaders headers = new RecordHeaders();
        for (int failed = 1; failed < DeadLetterQueue.MOST_FAILURES; failed++) {
            DeadLetter letter = StoredLetters.of(StoredLetters.original("test.ticks.AAPL", 0, KEY, VALUE, headers));
            assertThat(letter.failures()).isEqualTo(failed);
            assertThat(route.refusal(letter)).isEmpty();
            ProducerRecord<byte[], byte[]> replayed = route.record(letter);
            assertThat(replayed.headers()).hasSize(1);
            headers = new RecordHeaders(replayed.headers());
        }
        DeadLetter last = StoredLetters.of(StoredLetters.original("test.ticks.AAPL", 0, KEY, VALUE, headers));

        assertThat(route.refusal(last))
                .hasValueSatisfying(why -> assertThat(why).contains("3 times"));
    }

    @ParameterizedTest
    @CsvSource({
        "test.ticks.GONE,      0, does not exist any more",
        "test.ticks.WIDE,      0, 2 partitions",
        "test.commands,        8, no partition 8",
        "test.admin-commands,  0, administrator",
        "test.stats,           0, neither ticks nor commands",
        "other.ticks.AAPL,     0, neither ticks nor commands"
    })
    void whereNothingMayBeSentIsRefused(String topic, int partition, String words) {
        DeadLetter letter = StoredLetters.of(StoredLetters.original(topic, partition, KEY, VALUE, new RecordHeaders()));

        assertThat(route.refusal(letter))
                .hasValueSatisfying(why -> assertThat(why).contains(words));
    }

    @Test
    void aRowOrAPieceOfARecordIsRefused() {
        DeadLetter row = StoredLetters.ofRow("trades.csv@7");
        DeadLetter piece = StoredLetters.of(
                StoredLetters.original("test.ticks.AAPL", 0, KEY, new byte[5_000_000], new RecordHeaders()));

        assertThat(route.refusal(row)).hasValueSatisfying(why -> assertThat(why)
                .contains("trades.csv@7", "file of another name", "tickhub replay"));
        assertThat(route.refusal(piece))
                .hasValueSatisfying(why -> assertThat(why).contains("beginning"));
    }

    private static String failures(ProducerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("failures");
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
