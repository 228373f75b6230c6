package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Headers;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** At most one tick, the latest, of each symbol and interval, and the last one always. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class ConflationIT {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Symbol AAPL = new Symbol("AAPL");

    @Test
    void aConflatedSubscriptionGetsTheLatestTickOfEachIntervalAndTheLastOneOfAll() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            Subscription subscription = Asking.conflated(alice, INTERVAL, "AAPL");
            RangeReader conflated = RangeReader.reading(market, subscription);
            RangeReader every = RangeReader.reading(market, bob.subscribe("AAPL"));
            String feed = bob.subscriptions().stream()
                    .filter(held -> held.client().equals(alice.config().client()))
                    .findFirst()
                    .orElseThrow()
                    .feed();
            try (Trading trading = Trading.of(market, Trading.Quality.DIRTY, "AAPL")) {
                trading.start();
                Market.await(
                        "ten conflated ticks", () -> conflated.ticks("AAPL").size() >= 10);
            }
            long last = market.publish("AAPL", 1);
            Market.await(
                    "the last tick", () -> conflated.ticks("AAPL").stream().anyMatch(tick -> tick.offset() == last));

            long end = alice.unsubscribe("AAPL").get(AAPL);
            every.provesRange("AAPL", bob.unsubscribe("AAPL").get(AAPL));
            conflated.provesLatest("AAPL", end);
            assertThat(every.ticks("AAPL").size())
                    .as("ticks that were there")
                    .isGreaterThan(5 * conflated.ticks("AAPL").size());
            List<Long> sent = TopicLog.of(market).read(feed).stream()
                    .filter(record -> record.headers().lastHeader(Headers.EVENT) == null)
                    .map(ConsumerRecord::timestamp)
                    .toList();
            long elapsed = sent.getLast() - sent.getFirst();
            assertThat(sent.size())
                    .as("conflated ticks within %d ms", elapsed)
                    .isLessThanOrEqualTo((int) (elapsed / INTERVAL.toMillis()) + 2);
        }
    }

    @Test
    void aKilledHubLosesNoLastTick() {
        String[] symbols = {"AAPL", "MSFT", "TSLA", "BTC-USD"};
        try (Market market = Market.open()) {
            market.list(symbols);
            market.startHub("hub-1");
            HubProcess killed = market.forkHub("hub-2");
            MarketDataClient alice = market.connect("alice");
            RangeReader conflated =
                    RangeReader.reading(market, Asking.conflated(alice, Duration.ofMillis(500), symbols));
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, symbols)) {
                trading.start();
                awaitMore(3, symbols, conflated);
                killed.kill();
                awaitMore(3, symbols, conflated);
            }
            for (String symbol : symbols) {
                long last = market.publish(symbol, 1);
                Market.await("the last tick of " + symbol, () -> conflated.ticks(symbol).stream()
                        .anyMatch(tick -> tick.offset() == last));
            }
            Map<Symbol, Long> ends = alice.unsubscribe(symbols);
            for (String symbol : symbols) {
                conflated.provesLatest(symbol, ends.get(new Symbol(symbol)));
            }
        }
    }

    private static void awaitMore(int more, String[] symbols, RangeReader reader) {
        for (String symbol : symbols) {
            int before = reader.ticks(symbol).size();
            Market.await(
                    more + " more ticks of " + symbol,
                    () -> reader.ticks(symbol).size() >= before + more);
        }
    }

    /** While the reader of a feed is far behind, subscriptions that want it so are conflated; then they get each tick again. */
    @Test
    void aSlowReaderGetsLessInsteadOfLosingWhatIsOld() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1", "TICKHUB_SLOW_READER_LAG", "200");
            MarketDataClient alice = market.connect(market.config("alice").withBufferCapacity(10));
            MarketDataClient bob = market.connect("bob");
            Subscription subscription = Asking.conflatedWhenSlow(alice, "AAPL");
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL")) {
                trading.start();
                // A place in the feed is known from the first event on that was taken.
                assertThat(subscription.next(Duration.ofSeconds(20))).isPresent();
                assertThat(subscription.next(Duration.ofSeconds(20))).isPresent();
                Market.await("the reader is behind", () -> lag(bob) > 200);
                Market.await("it is conflated", () -> {
                    long feedBefore = lag(bob);
                    long end = market.wire().end("AAPL");
                    Market.await("a thousand more ticks", () -> market.wire().end("AAPL") > end + 1_000);
                    return lag(bob) < feedBefore + 200;
                });
            }
            long last = market.publish("AAPL", 1);
            RangeReader reader = RangeReader.reading(market, subscription);
            Market.await("the last tick", () -> reader.ticks("AAPL").stream().anyMatch(tick -> tick.offset() == last));
            Market.await("the reader is no longer behind", () -> lag(bob) < 100);
            int before = reader.ticks("AAPL").size();
            Market.await("each tick again", () -> {
                int known = reader.ticks("AAPL").size();
                market.publish("AAPL", 20);
                Market.await("some tick", () -> reader.ticks("AAPL").size() > known);
                return reader.ticks("AAPL").size() >= known + 20;
            });
            assertThat(reader.ticks("AAPL").size()).isGreaterThanOrEqualTo(before + 20);
            assertThat(reader.events(AAPL)).noneMatch(event -> event instanceof MarketEvent.Gap);
        }
    }

    private static long lag(MarketDataClient client) {
        return client.subscriptions().stream()
                .findFirst()
                .flatMap(held -> held.lag().isPresent()
                        ? java.util.Optional.of(held.lag().getAsLong())
                        : java.util.Optional.empty())
                .orElse(0L);
    }
}
