package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.client.FeedException;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads a subscription to its end on a thread of its own, and keeps everything for the proof. */
final class RangeReader {

    private final Subscription subscription;
    private final Map<Symbol, List<MarketEvent>> eventsBySymbol = new HashMap<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private RangeReader(Subscription subscription) {
        this.subscription = subscription;
    }

    static RangeReader reading(Subscription subscription) {
        RangeReader reader = new RangeReader(subscription);
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
        long covered = join(subscription.start(symbol), events(symbol));
        assertThat(covered).as("the last range of %s", symbolName).isEqualTo(end);
    }

    /** Waits until the subscription tells that its feed cannot be read any longer. */
    void awaitBroken() {
        Market.await("the subscription tells that its feed broke", finished::isCompletedExceptionally);
        assertThatThrownBy(finished::join).hasCauseInstanceOf(FeedException.class);
    }

    /** Shows that the ranges of one symbol's events join, without gap or hole, and returns where they end. */
    static long join(long start, List<MarketEvent> events) {
        long next = start;
        for (MarketEvent event : events) {
            assertThat(event).isNotInstanceOf(MarketEvent.Gap.class).isNotInstanceOf(MarketEvent.Hole.class);
            assertThat(event.covers().from()).as("covers of %s join", event).isEqualTo(next);
            next = event.covers().to();
        }
        return next;
    }

    /** The ticks that came. */
    List<MarketEvent.FeedTick> ticks(String symbolName) {
        return events(new Symbol(symbolName)).stream()
                .filter(MarketEvent.FeedTick.class::isInstance)
                .map(MarketEvent.FeedTick.class::cast)
                .toList();
    }

    private synchronized List<MarketEvent> events(Symbol symbol) {
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
