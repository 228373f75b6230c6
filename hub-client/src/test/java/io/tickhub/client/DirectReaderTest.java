package io.tickhub.client;

import static io.tickhub.client.FeedRecords.A;
import static io.tickhub.client.FeedRecords.AAPL;
import static io.tickhub.client.FeedRecords.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DirectReaderTest {

    private static final TopicPartition PARTITION = partition(AAPL);
    private static final byte[] TICK = new TickCodec().encode(FeedRecords.TICK);
    private static final byte[] NO_TICK = "no tick".getBytes(StandardCharsets.UTF_8);
    private static final RangeId LATER = new RangeId("0-9", AAPL);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Map<Symbol, String> topicIds = new HashMap<>(Map.of(AAPL, "id-1", B.symbol(), "id-2"));
    private boolean clusterAnswers = true;
    private long nowNanos;
    private final TopicLook topicLook = new TopicLook(this::ids, () -> nowNanos);
    private final DirectReader reader = new DirectReader(consumer, topicLook);

    @Test
    void eachTickCoversWhatStandsBetweenTheOneBeforeAndItself() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 5, 100);
        receive(record(5, NO_TICK), record(6, TICK), record(9, TICK), record(10, NO_TICK), record(12, NO_TICK));

        assertThat(take(buffer)).containsExactly("FeedTick 5-7", "FeedTick 7-13");
    }

    @Test
    void recordsThatAreNoTicksAreSkipped() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 5, 100);
        receive(record(5, NO_TICK), record(6, null));
        receive(record(7, TICK));

        assertThat(take(buffer)).containsExactly("Skipped 5-7", "FeedTick 7-8");
    }

    @Test
    void whatLiesBehindAHoleIsNotTaken() throws InterruptedException {
        SubscriptionBuffer buffer = new SubscriptionBuffer(100, Map.of(A, new RangeReader(AAPL, 3)), Optional.empty());
        DirectRange range = new DirectRange(A, PARTITION, Optional.of("id-1"), 3, buffer);
        range.read(4, 6, List.of(record(4, TICK), record(5, TICK)));
        range.read(3, 4, List.of(record(3, TICK)));
        range.handOver();

        assertThat(take(buffer)).containsExactly("FeedTick 3-4");
    }

    @Test
    void aTickTooFarAheadOfItsArrivalIsNone() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        long tooEarly = FeedRecords.TICK.timestamp().minus(TickCodec.MAX_AHEAD).toEpochMilli() - 1;
        receive(record(0, TICK, tooEarly), record(1, TICK, tooEarly + 2));

        assertThat(take(buffer)).containsExactly("FeedTick 0-2");
    }

    @Test
    void aFullBufferPausesItsSymbolOnlyAndLosesNothing() throws InterruptedException {
        SubscriptionBuffer full = attach(A, 0, 2);
        SubscriptionBuffer other = attach(B, 0, 2);
        receive(record(0, TICK), record(1, TICK), record(2, TICK), record(3, TICK));
        reader.runOnce();
        assertThat(consumer.paused()).containsExactly(PARTITION);

        receive(record(B.symbol(), 0, NO_TICK));
        assertThat(take(other)).containsExactly("Skipped 0-1");
        List<String> taken = new ArrayList<>(take(full));
        reader.runOnce();
        taken.addAll(take(full));
        receive(record(4, TICK));
        taken.addAll(take(full));

        assertThat(taken)
                .containsExactly("FeedTick 0-1", "FeedTick 1-2", "FeedTick 2-3", "FeedTick 3-4", "FeedTick 4-5");
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aRangeThatIsUnsubscribedIsReadToItsEndAndForgotten() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        buffer.endAt(A, 2);
        receive(record(0, TICK));
        assertThat(reader.isIdle()).isFalse();
        receive(record(1, TICK), record(2, TICK));
        reader.runOnce();

        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "FeedTick 1-2", "Ended 2-2");
        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void whatTheApplicationThrewAwayIsNotReadOn() {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        buffer.discard();
        reader.runOnce();

        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void twoRangesOfOneSymbolBothGetTheirs() throws InterruptedException {
        SubscriptionBuffer older = attach(A, 0, 2);
        receive(record(0, TICK), record(1, TICK), record(2, TICK));
        older.endAt(A, 4);
        SubscriptionBuffer newer = attach(LATER, 4, 100);
        reader.runOnce();
        assertThat(consumer.position(PARTITION)).as("the older one is full").isEqualTo(4);

        receive(record(4, TICK));
        assertThat(take(newer)).containsExactly("FeedTick 4-5");
        List<String> taken = new ArrayList<>(take(older));
        reader.runOnce();
        assertThat(consumer.position(PARTITION)).as("the older one is behind").isEqualTo(3);
        receive(record(3, TICK), record(4, TICK), record(5, TICK));
        taken.addAll(take(older));

        assertThat(taken).containsExactly("FeedTick 0-1", "FeedTick 1-2", "FeedTick 2-3", "FeedTick 3-4", "Ended 4-4");
        reader.runOnce();
        receive(record(5, TICK));
        assertThat(take(newer)).containsExactly("FeedTick 5-6");
    }

    @Test
    void whatRetentionHasDeletedIsAGap() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 3, 100);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 10L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));
        reader.runOnce();
        reader.runOnce();
        receive(record(10, TICK));

        assertThat(take(buffer)).containsExactly("Gap 3-10", "FeedTick 10-11");
    }

    @Test
    void aPlaceBeyondTheEndEndsTheSymbol() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 30, 100);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 30L)));
        reader.runOnce();
        reader.runOnce();

        assertThat(take(buffer)).containsExactly("Ended 30-30");
        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void aTopicThatIsMadeAgainEndsItsSymbolOnly() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        SubscriptionBuffer other = attach(B, 0, 100);
        receive(record(0, TICK));
        topicIds.put(AAPL, "id-3");
        lookAgain();
        receive(record(B.symbol(), 0, NO_TICK));

        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "Ended 1-1");
        assertThat(take(other)).containsExactly("Skipped 0-1");
    }

    @Test
    void nothingIsReadWhileATopicIsMissing() {
        attach(A, 0, 100);
        topicIds.remove(AAPL);
        lookAgain();
        assertThat(consumer.paused()).containsExactly(PARTITION);

        topicIds.put(AAPL, "id-1");
        lookAgain();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aTopicThatStaysMissingEndsItsSymbol() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        topicIds.remove(AAPL);
        for (int i = 1; i < DirectRange.MOST_TIMES_MISSING; i++) {
            lookAgain();
        }
        assertThat(take(buffer)).isEmpty();
        lookAgain();

        assertThat(take(buffer)).containsExactly("Ended 0-0");
    }

    @Test
    void aClusterThatIsAwayIsNoReasonToEnd() throws InterruptedException {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        clusterAnswers = false;
        for (int i = 0; i < 100; i++) {
            lookAgain();
        }
        clusterAnswers = true;
        lookAgain();
        receive(record(0, TICK));

        assertThat(take(buffer)).containsExactly("FeedTick 0-1");
    }

    @Test
    void aTopicThatMayNotBeReadEndsItsSubscriptionOnly() throws InterruptedException {
        SubscriptionBuffer refused = attach(A, 0, 100);
        SubscriptionBuffer other = attach(B, 0, 100);
        consumer.setPollException(new TopicAuthorizationException(Set.of(PARTITION.topic())));
        reader.runOnce();
        reader.runOnce();
        receive(record(B.symbol(), 0, NO_TICK));

        assertThatThrownBy(() -> refused.take(Duration.ZERO))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining(PARTITION.topic());
        assertThat(consumer.assignment()).containsExactly(partition(B.symbol()));
        assertThat(take(other)).containsExactly("Skipped 0-1");
    }

    @Test
    void tellsItsSubscriptionsWhenItFails() {
        SubscriptionBuffer buffer = attach(A, 0, 100);
        reader.fail(new FeedException("broken", new IllegalStateException()));

        assertThatThrownBy(() -> buffer.take(Duration.ZERO)).hasMessage("broken");
    }

    /** The topic of the start is the one that is there now. */
    private SubscriptionBuffer attach(RangeId id, long start, int capacity) {
        SubscriptionBuffer buffer =
                new SubscriptionBuffer(capacity, Map.of(id, new RangeReader(id.symbol(), start)), Optional.empty());
        reader.attach(List.of(
                new DirectRange(id, partition(id.symbol()), Optional.of(topicIds.get(id.symbol())), start, buffer)));
        reader.runOnce();
        return buffer;
    }

    @SafeVarargs
    private void receive(ConsumerRecord<byte[], byte[]>... records) {
        for (ConsumerRecord<byte[], byte[]> each : records) {
            consumer.addRecord(each);
        }
        reader.runOnce();
    }

    private void lookAgain() {
        nowNanos += TopicLook.PERIOD.toNanos();
        reader.runOnce();
        reader.runOnce();
    }

    private CompletableFuture<Map<Symbol, String>> ids(Set<Symbol> asked) {
        Map<Symbol, String> found = new HashMap<>(topicIds);
        found.keySet().retainAll(asked);
        return clusterAnswers
                ? CompletableFuture.completedFuture(found)
                : CompletableFuture.failedFuture(new IllegalStateException("away"));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return record(offset, value, FeedRecords.TICK.timestamp().toEpochMilli());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value, long appended) {
        return record(AAPL, offset, value, appended);
    }

    private static ConsumerRecord<byte[], byte[]> record(Symbol symbol, long offset, byte[] value) {
        return record(symbol, offset, value, FeedRecords.TICK.timestamp().toEpochMilli());
    }

    private static ConsumerRecord<byte[], byte[]> record(Symbol symbol, long offset, byte[] value, long appended) {
        return new ConsumerRecord<>(
                partition(symbol).topic(),
                0,
                offset,
                appended,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                symbol.toBytes(),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static TopicPartition partition(Symbol symbol) {
        return new TopicPartition(new Topics("").ticks(symbol).name(), 0);
    }

    private static List<String> take(SubscriptionBuffer from) throws InterruptedException {
        List<String> events = new ArrayList<>();
        for (Optional<MarketEvent> event = from.take(Duration.ZERO);
                event.isPresent();
                event = from.take(Duration.ZERO)) {
            events.add(
                    event.get().getClass().getSimpleName() + " " + event.get().covers());
        }
        return events;
    }
}
