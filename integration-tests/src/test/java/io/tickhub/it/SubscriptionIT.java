package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Symbol;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SubscriptionIT {

    @Test
    void aSubscriberGetsTheSnapshotAndThenEveryTickOnce() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            market.publish("AAPL", 100);
            MarketDataClient alice = market.connect("alice");
            market.awaitStats(alice, "AAPL", stats -> stats.count() == 100, "100 ticks counted");

            Subscription subscription = alice.subscribe("AAPL");
            RangeReader reader = RangeReader.reading(subscription);
            market.publish("AAPL", 50);
            Market.await("50 ticks delivered", () -> reader.ticks("AAPL").size() == 50);
            Map<Symbol, Long> ends = alice.unsubscribe("AAPL");

            assertThat(subscription.snapshot(new Symbol("AAPL")).orElseThrow().asOf())
                    .isEqualTo(subscription.start(new Symbol("AAPL")))
                    .isEqualTo(100);
            reader.provesRange("AAPL", ends.get(new Symbol("AAPL")));
            assertThat(reader.ticks("AAPL"))
                    .extracting(MarketEvent.FeedTick::offset)
                    .first()
                    .isEqualTo(100L);
        }
    }

    @Test
    void rangesAreExactWhileHubsComeAndGo() throws Exception {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT", "TSLA");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            AtomicBoolean open = new AtomicBoolean(true);
            Thread trading = trade(market, open);
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");

            RangeReader first = RangeReader.reading(alice.subscribe("AAPL", "MSFT"));
            market.startHub("hub-2");
            RangeReader second = RangeReader.reading(bob.subscribe("MSFT", "TSLA"));
            Market.await(
                    "both get ticks",
                    () -> !first.ticks("AAPL").isEmpty()
                            && !second.ticks("TSLA").isEmpty());
            Map<Symbol, Long> aliceEnds = alice.unsubscribe("AAPL", "MSFT");
            market.stop("hub-2");
            RangeReader third = RangeReader.reading(alice.subscribe("AAPL"));
            Market.await(
                    "ticks after the second hub has left",
                    () -> third.ticks("AAPL").size() > 50);
            Map<Symbol, Long> bobEnds = bob.unsubscribe("MSFT", "TSLA");
            Map<Symbol, Long> lastEnds = alice.unsubscribe("AAPL");
            open.set(false);
            trading.join();

            first.provesRange("AAPL", aliceEnds.get(new Symbol("AAPL")));
            first.provesRange("MSFT", aliceEnds.get(new Symbol("MSFT")));
            second.provesRange("MSFT", bobEnds.get(new Symbol("MSFT")));
            second.provesRange("TSLA", bobEnds.get(new Symbol("TSLA")));
            third.provesRange("AAPL", lastEnds.get(new Symbol("AAPL")));
        }
    }

    /** Publishes some hundred ticks a second of each symbol until the market closes. */
    private static Thread trade(Market market, AtomicBoolean open) {
        Thread thread = new Thread(
                () -> {
                    while (open.get()) {
                        for (String symbol : new String[] {"AAPL", "MSFT", "TSLA"}) {
                            market.publish(symbol, 1);
                        }
                    }
                },
                "trading");
        thread.start();
        return thread;
    }
}
