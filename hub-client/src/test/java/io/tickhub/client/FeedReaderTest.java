package io.tickhub.client;

import static io.tickhub.client.FeedRecords.A;
import static io.tickhub.client.FeedRecords.AAPL;
import static io.tickhub.client.FeedRecords.eventRecord;
import static io.tickhub.client.FeedRecords.tickRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.FeedEvent;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private static final String FEED = "feeds.alice.1";
    private static final TopicPartition PARTITION = new TopicPartition(FEED, 0);
    private static final RangeId LATER = new RangeId("0-9", AAPL);

    private long committedAtClose;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            committedAtClose = offsets.get(PARTITION).offset();
        }
    };
    private boolean subscribing;
    private long nowNanos;
    private final FeedReader reader =
            new FeedReader(consumer, FEED, () -> subscribing, new HubIsThere(), () -> nowNanos);
    private final SubscriptionBuffer buffer = buffer(A, 2);

    @BeforeEach
    void fillBeginning() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updatePartitions(FEED, List.of(new PartitionInfo(FEED, 0, Node.noNode(), new Node[0], new Node[0])));
    }

    @Test
    void aFeedThatWasDeletedIsNotWaitedFor() {
        open(buffer);
        lookAgain();
        consumer.updatePartitions(FEED, List.of());

        lookAgain();
        lookAgain();

        assertThatThrownBy(this::lookAgain)
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("deleted");
    }

    @Test
    void aFeedThatIsMissedForAMomentIsReadOn() throws InterruptedException {
        open(buffer);
        consumer.updatePartitions(FEED, List.of());
        lookAgain();
        lookAgain();
        fillBeginning();
        lookAgain();
        consumer.updatePartitions(FEED, List.of());
        lookAgain();
        lookAgain();

        receive(tickRecord(FEED, 0, "0-7", 0, 1));
        assertThat(take(buffer)).containsExactly("FeedTick 0-1");
    }

    @Test
    void readsANewFeedFromItsBeginning() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1));

        assertThat(take(buffer)).containsExactly("FeedTick 0-1");
    }

    @Test
    void goesOnAtTheCommittedPlace() throws InterruptedException {
        consumer.assign(Set.of(PARTITION));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40)));
        open(buffer);

        assertThat(consumer.position(PARTITION)).isEqualTo(40);
        receive(tickRecord(FEED, 40, "0-7", 17, 18));
        assertThat(take(buffer)).containsExactly("FeedTick 17-18");
    }

    @Test
    void aFullBufferPausesTheFeedAndLosesNothing() throws InterruptedException {
        open(buffer);
        receive(
                tickRecord(FEED, 0, "0-7", 0, 1),
                tickRecord(FEED, 1, "0-7", 1, 2),
                tickRecord(FEED, 2, "0-7", 2, 3),
                tickRecord(FEED, 3, "0-7", 3, 4));
        reader.runOnce();
        assertThat(consumer.paused()).containsExactly(PARTITION);

        List<String> taken = new ArrayList<>(take(buffer));
        reader.runOnce();
        taken.addAll(take(buffer));
        reader.runOnce();

        assertThat(taken).containsExactly("FeedTick 0-1", "FeedTick 1-2", "FeedTick 2-3", "FeedTick 3-4");
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void commitsOnlyWhatTheApplicationHasDoneWith() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1), tickRecord(FEED, 1, "0-7", 1, 2), tickRecord(FEED, 2, "0-7", 2, 3));
        buffer.take(Duration.ZERO);
        buffer.take(Duration.ZERO);

        assertThat(committedAfterASecond()).isEqualTo(1);
        take(buffer);
        assertThat(committedAfterASecond()).isEqualTo(3);
    }

    @Test
    void commitsAtClose() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1), tickRecord(FEED, 1, "0-7", 1, 2));
        buffer.take(Duration.ZERO);
        buffer.take(Duration.ZERO);
        buffer.doneWithLast();
        reader.close();

        assertThat(committedAtClose).isEqualTo(2);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aRecordThatComesBeforeTheReplyWaitsForIt() throws InterruptedException {
        open(buffer);
        subscribing = true;
        receive(tickRecord(FEED, 0, "0-9", 5, 6), tickRecord(FEED, 1, "0-7", 0, 1));
        assertThat(take(buffer)).isEmpty();

        SubscriptionBuffer later = buffer(LATER, 10);
        reader.attach(later);
        subscribing = false;
        reader.runOnce();

        assertThat(take(later)).containsExactly("Hole 0-5", "FeedTick 5-6");
        assertThat(take(buffer)).containsExactly("FeedTick 0-1");
    }

    @Test
    void aRecordForWhichNobodyAsksIsDropped() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-9", 5, 6), tickRecord(FEED, 1, "0-7", 0, 1));

        assertThat(take(buffer)).containsExactly("FeedTick 0-1");
        assertThat(committedAfterASecond()).isEqualTo(2);
    }

    @Test
    void whatWasDroppedIsAHoleForWhoeverAsksLater() throws InterruptedException {
        consumer.assign(Set.of(PARTITION));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40)));
        open(buffer);
        receive(tickRecord(FEED, 40, "0-9", 5, 6), tickRecord(FEED, 41, "0-9", 6, 7));

        SubscriptionBuffer later = buffer(LATER, 10);
        reader.attach(later);
        receive(tickRecord(FEED, 42, "0-9", 7, 8));

        assertThat(take(later)).containsExactly("Hole 5-7", "FeedTick 7-8");
    }

    @Test
    void recordsLostFromTheFeedAreAGap() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 10L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 1L)));
        reader.runOnce();
        receive(tickRecord(FEED, 10, "0-7", 5, 6));

        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "Gap 1-5", "FeedTick 5-6");
    }

    /** The answer to a fetch from before the feed was paused. */
    @Test
    void recordsLostWhileABufferIsFullAreAGapBehindWhatCameBefore() throws InterruptedException {
        open(buffer);
        receive(
                tickRecord(FEED, 0, "0-7", 0, 1),
                tickRecord(FEED, 1, "0-7", 1, 2),
                tickRecord(FEED, 2, "0-7", 2, 3),
                tickRecord(FEED, 3, "0-7", 3, 4));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 10L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 4L)));
        reader.runOnce();
        List<String> taken = new ArrayList<>(take(buffer));
        reader.runOnce();
        taken.addAll(take(buffer));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 4L)));
        reader.runOnce();
        receive(tickRecord(FEED, 10, "0-7", 7, 8));
        taken.addAll(take(buffer));

        assertThat(taken)
                .containsExactly(
                        "FeedTick 0-1", "FeedTick 1-2", "FeedTick 2-3", "FeedTick 3-4", "Gap 4-7", "FeedTick 7-8");
    }

    @Test
    void recordsLostFromAResumedFeedAreAGapFromTheStart() throws InterruptedException {
        consumer.assign(Set.of(PARTITION));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(3)));
        open(buffer);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 10L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));
        reader.runOnce();
        receive(tickRecord(FEED, 10, "0-7", 5, 6));

        assertThat(take(buffer)).containsExactly("Gap 0-5", "FeedTick 5-6");
    }

    @Test
    void isIdleOnceAllHaveEndedAndEverythingWasTaken() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1), eventRecord(FEED, 1, "0-7", FeedEvent.Kind.ENDED, 1, 1));
        assertThat(reader.isIdle()).isFalse();

        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "Ended 1-1");
        reader.runOnce();
        assertThat(reader.isIdle()).isFalse();
        nowNanos += Duration.ofMillis(100).toNanos();

        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void waitsForTheHubsLastWordOnARangeThatWasUnsubscribed() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1));
        buffer.endAt(A, 1);
        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "Ended 1-1");
        reader.runOnce();
        assertThat(reader.isIdle()).isFalse();
        nowNanos += Duration.ofMillis(100).toNanos();
        assertThat(reader.isIdle()).isFalse();

        receive(eventRecord(FEED, 1, "0-7", FeedEvent.Kind.ENDED, 1, 1));

        assertThat(reader.isIdle()).isTrue();
        assertThat(committedAfterASecond()).isEqualTo(2);
    }

    @Test
    void whatFollowsAnEndIsReadThoughANewSubscriptionIsBeingMade() throws InterruptedException {
        open(buffer);
        receive(tickRecord(FEED, 0, "0-7", 0, 1));
        buffer.endAt(A, 1);
        take(buffer);
        reader.runOnce();
        subscribing = true;
        receive(tickRecord(FEED, 1, "0-7", 1, 2), eventRecord(FEED, 2, "0-7", FeedEvent.Kind.ENDED, 2, 2));

        assertThat(committedAfterASecond()).isEqualTo(3);
    }

    @Test
    void isNotIdleWhileARecordWaitsForAReply() throws InterruptedException {
        open(buffer);
        buffer.endAt(A, 0);
        take(buffer);
        subscribing = true;
        receive(tickRecord(FEED, 0, "0-9", 0, 1));
        reader.isIdle();
        nowNanos += Duration.ofMinutes(1).toNanos();

        assertThat(reader.isIdle()).isFalse();
    }

    @Test
    void doesNotWaitForTheHubsLastWordForEver() throws InterruptedException {
        open(buffer);
        buffer.endAt(A, 0);
        assertThat(take(buffer)).containsExactly("Ended 0-0");
        reader.runOnce();
        assertThat(reader.isIdle()).isFalse();
        nowNanos += Duration.ofSeconds(2).toNanos();

        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void whatWaitsForTopicsEndsWithTheLeaseOnceAllIsReadThatWasThere() throws InterruptedException {
        SubscriptionBuffer all = new SubscriptionBuffer(2, Map.of(), Optional.of(new RangeId("0-5", Symbol.ALL)));
        SubscriptionBuffer awaited =
                new SubscriptionBuffer(2, Map.of(LATER, RangeReader.waiting(AAPL)), Optional.empty());
        open(all);
        reader.attach(awaited);
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        all.leaseIsOver();
        awaited.leaseIsOver();

        receive(tickRecord(FEED, 0, "0-5:id", 4, 5), tickRecord(FEED, 1, "0-5:id", 5, 6));
        assertThat(take(all)).containsExactly("FeedTick 4-5", "FeedTick 5-6");
        assertThat(take(awaited)).isEmpty();
        receive(eventRecord(FEED, 2, "0-5:id", FeedEvent.Kind.ENDED, 6, 6));

        assertThat(take(all)).containsExactly("Ended 6-6");
        assertThat(all.isEnded()).isTrue();
        assertThat(take(awaited)).containsExactly("Ended 0-0");
        assertThat(awaited.isEnded()).isTrue();
    }

    @Test
    void whatHasATopicEndsWithTheLeaseWhereTheHubSays() throws InterruptedException {
        open(buffer);
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        buffer.leaseIsOver();
        reader.runOnce();

        receive(tickRecord(FEED, 0, "0-7", 0, 1), eventRecord(FEED, 1, "0-7", FeedEvent.Kind.ENDED, 1, 1));
        assertThat(take(buffer)).containsExactly("FeedTick 0-1", "Ended 1-1");
    }

    @Test
    void tellsItsSubscriptionsWhenItFails() {
        open(buffer);
        reader.fail(new FeedException("broken", new IllegalStateException()));

        assertThatThrownBy(() -> buffer.take(Duration.ofSeconds(10))).isInstanceOf(FeedException.class);
    }

    private void open(SubscriptionBuffer first) {
        reader.attach(first);
        reader.open();
        reader.runOnce();
    }

    @SafeVarargs
    private void receive(ConsumerRecord<byte[], byte[]>... records) {
        for (ConsumerRecord<byte[], byte[]> feedRecord : records) {
            consumer.addRecord(feedRecord);
        }
        reader.runOnce();
    }

    private long committedAfterASecond() {
        nowNanos += Duration.ofSeconds(1).toNanos();
        reader.runOnce();
        return consumer.committed(Set.of(PARTITION)).get(PARTITION).offset();
    }

    private static SubscriptionBuffer buffer(RangeId range, int capacity) {
        return new SubscriptionBuffer(capacity, Map.of(range, new RangeReader(range.symbol(), 0)), Optional.empty());
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

    /** A second passes. */
    private void lookAgain() {
        nowNanos += Duration.ofSeconds(1).toNanos();
        reader.runOnce();
    }
}
