package io.tickhub.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StoredRowsTest {

    private static final Topics TOPICS = new Topics("");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> messagesByPartition = new HashMap<>();
    private final StoredRows rows = new StoredRows(consumer, TOPICS, Set.of("day.csv"));

    @Test
    void rowsAreFoundInTheTopicsToWhichTheyBelong() {
        topic(
                "ticks.AAPL",
                List.of(message("ticks.AAPL", 0, "AAPL", "day.csv@2"), message("ticks.AAPL", 1, "AAPL", "day.csv@5")));
        topic(
                "dead-letters",
                List.of(
                        message("dead-letters", 0, "ticks.AAPL", "day.csv@3"),
                        message("dead-letters", 1, "day.csv", "day.csv@4")));

        assertThat(contains(tick("AAPL", 5))).isTrue();
        assertThat(contains(tick("AAPL", 6))).isFalse();
        assertThat(contains(badRow(Optional.of("AAPL"), 3))).isTrue();
        assertThat(contains(badRow(Optional.of("AAPL"), 4))).isFalse();
        assertThat(contains(badRow(Optional.empty(), 4))).isTrue();
        assertThat(contains(badRow(Optional.empty(), 7))).isFalse();
    }

    @Test
    void aTopicThatIsNotThereHoldsNothing() {
        assertThat(contains(tick("AAPL", 2))).isFalse();
    }

    @Test
    void recordsOfOthersAreNoRows() {
        topic(
                "ticks.AAPL",
                List.of(
                        message("ticks.AAPL", 0, "AAPL", "other.csv@900"),
                        message("ticks.AAPL", 1, "AAPL", "nonsense"),
                        new ConsumerRecord<>("ticks.AAPL", 0, 2, null, new byte[0])));
        assertThat(contains(tick("AAPL", 2))).isFalse();
    }

    @Test
    void aDeadLetterOfATickDoesNotHideALostRowBeforeIt() {
        ConsumerRecord<byte[], byte[]> ofTick = message("dead-letters", 0, "ticks.AAPL", "day.csv@9");
        ofTick.headers().add(Headers.OFFSET, "17".getBytes(UTF_8));
        topic("dead-letters", List.of(ofTick));
        assertThat(contains(badRow(Optional.of("AAPL"), 8))).isFalse();
    }

    @Test
    void whereRowsMayHaveBeenDeletedNothingIsPublishedTwice() {
        topic("ticks.AAPL", 5, List.of());
        assertThatThrownBy(() -> contains(tick("AAPL", 2)))
                .isInstanceOf(UnusableTopicException.class)
                .hasMessageContainingAll("ticks.AAPL", "day.csv@2", "a file of another name");
        assertThatThrownBy(() -> contains(tick("AAPL", 3)))
                .as("asked again")
                .isInstanceOf(UnusableTopicException.class);
    }

    @Test
    void whatIsLeftOfAFileTellsWhereToGoOnWhateverWasDeletedBefore() {
        topic("ticks.AAPL", 5, List.of(message("ticks.AAPL", 5, "AAPL", "day.csv@9")));
        assertThat(contains(tick("AAPL", 8))).isTrue();
        assertThat(contains(tick("AAPL", 10))).isFalse();
    }

    @Test
    void ofABadRowASecondLetterDoesLittleHarm() {
        topic("dead-letters", 5, List.of());
        assertThat(contains(badRow(Optional.of("AAPL"), 3))).isFalse();
        assertThat(contains(badRow(Optional.of("AAPL"), 4))).isFalse();
    }

    /** The topic's records are handed out at the first poll after somebody turned to it. */
    private void topic(String name, List<ConsumerRecord<byte[], byte[]>> messages) {
        topic(name, 0, messages);
    }

    /** As above, of a topic that begins with the offset {@code first}. */
    private void topic(String name, long first, List<ConsumerRecord<byte[], byte[]>> messages) {
        TopicPartition partition = new TopicPartition(name, 0);
        consumer.updatePartitions(name, List.of(new PartitionInfo(name, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(partition, first));
        consumer.updateEndOffsets(Map.of(partition, first + messages.size()));
        messagesByPartition.put(partition, messages);
    }

    private void handOut() {
        for (TopicPartition partition : consumer.assignment()) {
            messagesByPartition.getOrDefault(partition, List.of()).forEach(consumer::addRecord);
        }
    }

    private boolean contains(SourceItem item) {
        consumer.schedulePollTask(this::handOut);
        return rows.contains(item);
    }

    private static ConsumerRecord<byte[], byte[]> message(String topic, long offset, String key, String row) {
        ConsumerRecord<byte[], byte[]> message =
                new ConsumerRecord<>(topic, 0, offset, key.getBytes(UTF_8), "{}".getBytes(UTF_8));
        message.headers().add(Headers.ROW, row.getBytes(UTF_8));
        return message;
    }

    private static SourceItem tick(String symbol, long line) {
        Tick tick = new Tick(new Symbol(symbol), BigDecimal.ONE, BigDecimal.ONE, Instant.EPOCH, "", "");
        return new SourceItem.Good(tick, Optional.of(new RowAddress("day.csv", line)));
    }

    private static SourceItem badRow(Optional<String> symbol, long line) {
        return new SourceItem.Bad(
                new RowAddress("day.csv", line),
                new RawRow(line, new byte[0], RawRow.Extent.WHOLE),
                symbol.map(Symbol::new),
                DeadLetterReason.MISSING_FIELD,
                "price is empty");
    }
}
