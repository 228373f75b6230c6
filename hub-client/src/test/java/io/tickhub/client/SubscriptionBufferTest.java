package io.tickhub.client;

import static io.tickhub.client.FeedRecords.A;
import static io.tickhub.client.FeedRecords.AAPL;
import static io.tickhub.client.FeedRecords.B;
import static io.tickhub.client.FeedRecords.BTC;
import static io.tickhub.client.FeedRecords.ended;
import static io.tickhub.client.FeedRecords.skipped;
import static io.tickhub.client.FeedRecords.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.client.SubscriptionBuffer.Offer;
import io.tickhub.model.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SubscriptionBufferTest {

    private static final Duration NOW = Duration.ZERO;
    private static final RangeId OLD = new RangeId("0-1", AAPL);
    private static final RangeId NEW = new RangeId("0-2", AAPL);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final SubscriptionBuffer buffer = new SubscriptionBuffer(
            3, Map.of(A, new RangeReader(AAPL, 0), B, new RangeReader(BTC, 0)), Optional.empty());

    @Test
    void refusesWhenFullAndAcceptsTheSameRecordAfterATake() throws InterruptedException {
        offer(A, 0, 1, 2);

        assertThat(buffer.offer(tick(A, 3, 4), 3)).isEqualTo(Offer.FULL);
        buffer.take(NOW);
        assertThat(buffer.offer(tick(A, 3, 4), 3)).isEqualTo(Offer.ACCEPTED);

        assertThat(offsets(takeAll())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void countsAnEventAsTakenOnceTheNextIsAskedFor() throws InterruptedException {
        assertThat(buffer.oldestFeedOffset()).isEmpty();
        offer(A, 0, 1);

        assertThat(buffer.oldestFeedOffset()).hasValue(0);
        buffer.take(NOW);
        assertThat(buffer.oldestFeedOffset()).hasValue(0);
        buffer.take(NOW);
        assertThat(buffer.oldestFeedOffset()).hasValue(1);
        buffer.take(NOW);
        assertThat(buffer.oldestFeedOffset()).isEmpty();
    }

    @Test
    void endsWhenAllItsRangesHaveEnded() throws InterruptedException {
        offer(A, 0);
        buffer.endAt(A, 1);
        assertThat(kinds(takeAll())).containsExactly("FeedTick", "Ended");
        assertThat(buffer.isEnded()).isFalse();

        buffer.endAt(B, 0);

        assertThat(kinds(takeAll())).containsExactly("Ended");
        assertThat(buffer.isEnded()).isTrue();
        assertThat(buffer.take(LONG)).isEmpty();
    }

    @Test
    void dropsBufferedTicksAtAndAfterTheEnd() throws InterruptedException {
        buffer.offer(tick(B, 0, 1), 0);
        offer(A, 0, 1);

        buffer.endAt(A, 1);

        List<MarketEvent> events = takeAll();
        assertThat(kinds(events)).containsExactly("FeedTick", "FeedTick", "Ended");
        assertThat(events.getLast().covers()).isEqualTo(new Covers(1, 1));
    }

    @Test
    void cutsABufferedEventThatReachesOverTheEnd() throws InterruptedException {
        buffer.offer(skipped(A, 0, 5), 0);
        buffer.offer(tick(A, 5, 9), 1);

        buffer.endAt(A, 7);

        List<MarketEvent> events = takeAll();
        assertThat(kinds(events)).containsExactly("Skipped", "Skipped", "Ended");
        assertThat(events.get(1).covers()).isEqualTo(new Covers(5, 7));
    }

    @Test
    void cutsAtTheEndThoughTheHubsLastWordCameBefore() throws InterruptedException {
        buffer.hold();
        offer(A, 0, 1);
        buffer.offer(ended(A, 2), 2);

        buffer.endAt(A, 1);
        buffer.release();

        List<MarketEvent> events = takeAll();
        assertThat(kinds(events)).containsExactly("FeedTick", "Ended");
        assertThat(events.getLast().covers()).isEqualTo(new Covers(1, 1));
        buffer.endAt(A, 1);
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void aRangeCanEndWhereItHasComeTo() throws InterruptedException {
        offer(A, 0, 1);

        assertThat(buffer.endHere(A)).isEqualTo(2);
        assertThat(buffer.endHere(B)).isEqualTo(0);
        assertThat(kinds(takeAll())).containsExactly("FeedTick", "FeedTick", "Ended", "Ended");
    }

    @Test
    void anEarlyEndStaysWhereItIs() throws InterruptedException {
        offer(A, 0);
        buffer.offer(ended(A, 1), 1);

        buffer.endAt(A, 5);

        List<MarketEvent> events = takeAll();
        assertThat(kinds(events)).containsExactly("FeedTick", "Ended");
        assertThat(events.getLast().covers()).isEqualTo(new Covers(1, 1));
    }

    @Test
    void keepsTwoSubscriptionsOfOneSymbolApart() throws InterruptedException {
        SubscriptionBuffer old = new SubscriptionBuffer(10, Map.of(OLD, new RangeReader(AAPL, 0)), Optional.empty());
        SubscriptionBuffer fresh = new SubscriptionBuffer(10, Map.of(NEW, new RangeReader(AAPL, 1)), Optional.empty());
        old.endAt(OLD, 3);
        old.offer(tick(OLD, 0, 1), 0);
        fresh.offer(tick(NEW, 1, 2), 1);
        old.offer(tick(OLD, 1, 2), 2);
        fresh.offer(tick(NEW, 2, 3), 3);
        old.offer(tick(OLD, 2, 3), 4);
        old.offer(tick(OLD, 3, 4), 5);
        fresh.offer(tick(NEW, 3, 4), 6);

        assertThat(offsets(takeAll(old))).containsExactly(0L, 1L, 2L);
        assertThat(old.isEnded()).isTrue();
        assertThat(offsets(takeAll(fresh))).containsExactly(1L, 2L, 3L);
        assertThat(fresh.isEnded()).isFalse();
    }

    @Test
    void deliversNothingWhileHeld() throws InterruptedException {
        offer(A, 0, 1);
        buffer.hold();

        assertThat(buffer.take(NOW)).isEmpty();
        buffer.endAt(A, 1);
        buffer.release();

        assertThat(kinds(takeAll())).containsExactly("FeedTick", "Ended");
    }

    @Test
    void wakesAWaitingTaker() {
        CompletableFuture<Optional<MarketEvent>> taken = CompletableFuture.supplyAsync(() -> takeOne(LONG));

        offer(A, 0);

        assertThat(taken.orTimeout(10, TimeUnit.SECONDS).join()).isPresent();
    }

    @Test
    void wakesAWaitingTakerWhenTheApplicationWantsNoMore() {
        CompletableFuture<Optional<MarketEvent>> taken = CompletableFuture.supplyAsync(() -> takeOne(LONG));

        buffer.discard();

        assertThat(taken.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
        assertThat(buffer.offer(tick(A, 0, 1), 0)).isEqualTo(Offer.ACCEPTED);
        assertThat(buffer.oldestFeedOffset()).isEmpty();
    }

    @Test
    void failsAfterTheLastEvent() throws InterruptedException {
        offer(A, 0);

        buffer.fail(new FeedException("the feed was deleted", new IllegalStateException()));

        assertThat(buffer.take(NOW)).isPresent();
        assertThatThrownBy(() -> buffer.take(LONG)).isInstanceOf(FeedException.class);
    }

    private void offer(RangeId id, long... offsets) {
        for (long offset : offsets) {
            assertThat(buffer.offer(tick(id, offset, offset + 1), offset)).isEqualTo(Offer.ACCEPTED);
        }
    }

    private Optional<MarketEvent> takeOne(Duration timeout) {
        try {
            return buffer.take(timeout);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<MarketEvent> takeAll() throws InterruptedException {
        return takeAll(buffer);
    }

    private static List<MarketEvent> takeAll(SubscriptionBuffer from) throws InterruptedException {
        List<MarketEvent> events = new ArrayList<>();
        for (Optional<MarketEvent> event = from.take(NOW); event.isPresent(); event = from.take(NOW)) {
            events.add(event.get());
        }
        return events;
    }

    private static List<String> kinds(List<MarketEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private static List<Long> offsets(List<MarketEvent> events) {
        return events.stream()
                .filter(MarketEvent.FeedTick.class::isInstance)
                .map(event -> ((MarketEvent.FeedTick) event).offset())
                .toList();
    }
}
