package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.client.FeedException;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a subscription to its end on a thread of its own, and keeps everything for the proof. */
final class RangeReader {

    private final Market market;
    private final Subscription subscription;
    private final Map<Symbol, List<MarketEvent>> eventsBySymbol = new HashMap<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private RangeReader(Market market, Subscription subscription) {
        this.market = market;
        this.subscription = subscription;
    }

    static RangeReader reading(Market market, Subscription subscription) {
        RangeReader reader = new RangeReader(market, subscription);
        Thread thread = new Thread(reader::run, "range-reader");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    /** Waits for the end, then shows that exactly {@code [start, end)} came, in order, each offset once. */
    void provesRange(String symbolName, long end) {
        Market.await("the subscription to " + symbolName + " ends", finished::isDone);
        finished.join();
        Symbol symbol = new Symbol(symbolName);
        assertRange(market, symbol, subscription.start(symbol), end, events(symbol));
    }

    /** Waits for the end of a subscription to all symbols, then shows of these that their ranges join and hold so many ticks. */
    void provesAll(List<String> symbols, int ticks) {
        Market.await("the subscription to all symbols ends", finished::isDone);
        finished.join();
        for (String symbol : symbols) {
            List<MarketEvent> events = events(new Symbol(symbol));
            assertThat(events.getFirst()).isInstanceOf(MarketEvent.Begun.class);
            assertThat(events.getLast()).isInstanceOf(MarketEvent.Ended.class);
            long start = events.getFirst().covers().from();
            long end = events.getLast().covers().to();
            assertRange(market, new Symbol(symbol), start, end, events);
            assertThat(ticks(symbol)).as("ticks of %s", symbol).hasSize(ticks);
        }
    }

    /** Waits for the end, then shows that the ranges join from start to end, and that each tick is the latest of its range. */
    void provesLatest(String symbolName, long end) {
        Market.await("the subscription to " + symbolName + " ends", finished::isDone);
        finished.join();
        Symbol symbol = new Symbol(symbolName);
        long next = subscription.start(symbol);
        for (MarketEvent event : events(symbol)) {
            assertThat(event).isNotInstanceOf(MarketEvent.Gap.class).isNotInstanceOf(MarketEvent.Hole.class);
            assertThat(event.covers().from()).as("covers of %s join", event).isEqualTo(next);
            next = event.covers().to();
        }
        assertThat(next).as("the last range of %s", symbol).isEqualTo(end);
        List<Long> all = tickOffsets(market, symbol, subscription.start(symbol), end);
        for (MarketEvent event : events(symbol)) {
            List<Long> inside = all.stream()
                    .filter(offset -> offset >= event.covers().from()
                            && offset < event.covers().to())
                    .toList();
            if (event instanceof MarketEvent.FeedTick tick) {
                assertThat(tick.offset()).as("the latest tick of %s", event).isEqualTo(inside.getLast());
            } else {
                assertThat(inside).as("ticks that %s passes over", event).isEmpty();
            }
        }
    }

    /**
     * Shows that the ranges of one symbol's events join from {@code start} to {@code end}, without gap or hole, and that their ticks
     * are those that stand in the symbol's topic there.
     */
    static void assertRange(Market market, Symbol symbol, long start, long end, List<MarketEvent> events) {
        long next = start;
        List<Long> offsets = new ArrayList<>();
        for (MarketEvent event : events) {
            assertThat(event).isNotInstanceOf(MarketEvent.Gap.class).isNotInstanceOf(MarketEvent.Hole.class);
            assertThat(event.covers().from()).as("covers of %s join", event).isEqualTo(next);
            next = event.covers().to();
            if (event instanceof MarketEvent.FeedTick tick) {
                offsets.add(tick.offset());
            }
        }
        assertThat(next).as("the last range of %s", symbol).isEqualTo(end);
        assertThat(offsets).as("ticks of %s", symbol).isEqualTo(tickOffsets(market, symbol, start, end));
    }

    private static List<Long> tickOffsets(Market market, Symbol symbol, long start, long end) {
        TickCodec codec = new TickCodec();
        return TopicLog.of(market).read(market.topics().ticks(symbol).name()).stream()
                .filter(record -> record.offset() >= start && record.offset() < end)
                .filter(record -> codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()))
                        instanceof Decoded.Valid)
                .map(ConsumerRecord::offset)
                .toList();
    }

    /** Waits until the subscription tells that its feed cannot be read any longer. */
    void awaitBroken() {
        Market.await("the subscription tells that its feed broke", finished::isCompletedExceptionally);
        assertThatThrownBy(finished::join).hasCauseInstanceOf(FeedException.class);
    }

    /** The ticks that came. */
    List<MarketEvent.FeedTick> ticks(String symbolName) {
        return events(new Symbol(symbolName)).stream()
                .filter(MarketEvent.FeedTick.class::isInstance)
                .map(MarketEvent.FeedTick.class::cast)
                .toList();
    }

    /** Everything that came. */
    synchronized List<MarketEvent> events(Symbol symbol) {
        return List.copyOf(eventsBySymbol.getOrDefault(symbol, List.of()));
    }

    private synchronized void keep(MarketEvent event) {
        eventsBySymbol
                .computeIfAbsent(event.symbol(), symbol -> new ArrayList<>())
                .add(event);
    }

    private void run() {
        try {
            while (!subscription.isEnded()) {
                subscription.next(Duration.ofMillis(200)).ifPresent(this::keep);
            }
            finished.complete(null);
        } catch (RuntimeException e) {
            finished.completeExceptionally(e);
        }
    }
}
