package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.ClientConfig.AtClose;
import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Covers;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.From;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subscriptions that begin in the past: history first, then live, one stream, each tick once. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class HistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TICKS = 10;
    private static final Symbol AAPL = new Symbol("AAPL");

    @Test
    void eachBeginsWhereItIsAskedAndGoesOnLive() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 1_000);
            Instant arrival = Instant.ofEpochMilli(TopicLog.of(market)
                    .read(market.wire().tickTopic("AAPL"))
                    .get(500)
                    .timestamp());
            assertBegins(market, From.earliest(), 0);
            assertBegins(market, new From.Offset(300), 300);
            assertBegins(market, new From.Last(7), market.wire().end("AAPL") - 7);
            assertBegins(market, new From.Last(1_000_000), 0);
            assertBegins(market, new From.Time(arrival), firstOf(market, arrival));
            assertBegins(market, new From.Time(Instant.EPOCH.minusSeconds(1)), 0);
            long end = market.wire().end("AAPL");
            assertBegins(market, new From.Offset(end), end);
            assertBegins(market, new From.Time(Instant.now().plusSeconds(3_600)), end + TICKS);
        }
    }

    @Test
    void anOffsetBeyondTheEndIsRefused() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 10);
            MarketDataClient alice = market.connect("alice");

            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.subscribe(new From.Offset(11), "AAPL"))
                    .withMessageContaining("beyond the end")
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST));
            assertThat(alice.subscriptions()).isEmpty();
        }
    }

    @Test
    void whatRetentionHasDeletedIsAnnounced() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 100);
            market.wire().deleteRecords(market.wire().tickTopic("AAPL"), 40);
            MarketDataClient alice = market.connect("alice");

            Subscription subscription = alice.subscribe(new From.Offset(10), "AAPL");
            alice.unsubscribe("AAPL");
            List<MarketEvent> events = new ArrayList<>();
            subscription.events(PATIENCE).forEach(events::add);

            assertThat(events.get(0)).isInstanceOf(MarketEvent.Gap.class);
            assertThat(events.get(0).covers()).isEqualTo(new Covers(10, 40));
            RangeReader.assertRange(market, AAPL, 40, 100, events.subList(1, events.size()));
            MarketDataClient bob = market.connect("bob");
            assertThat(bob.subscribe(From.earliest(), "AAPL").start(AAPL)).isEqualTo(40);
        }
    }

    @Test
    void aClientThatLostEverythingButItsPositionGoesOnThere() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL")) {
                trading.start();
                MarketDataClient before = market.connect(market.config("alice").withAtClose(AtClose.KEEP));
                Subscription first = before.subscribe("AAPL");
                List<MarketEvent> events = new ArrayList<>();
                take(first, 25, events);
                Map<Symbol, Long> positions = first.positions();
                // What it has been given since is lost.
                take(first, 25, new ArrayList<>());
                before.close();

                MarketDataClient after = market.connect("alice");
                Subscription second = after.resume(positions);
                assertThat(second.start(AAPL)).isEqualTo(positions.get(AAPL));
                assertThat(after.subscriptions().stream()
                                .filter(held -> held.end().isEmpty()))
                        .as("open subscriptions")
                        .hasSize(1);
                take(second, 25, events);
                MarketDataClient other = market.connect("bob");
                Subscription third = other.resume(second.positions());
                after.close();
                take(third, 25, events);
                long end = other.unsubscribe("AAPL").get(AAPL);
                third.events(PATIENCE).forEach(events::add);

                RangeReader.assertRange(market, AAPL, first.start(AAPL), end, events);
                assertThat(third.positions()).isEmpty();
            }
        }
    }

    @Test
    void historyIsWholeWhenTheHubIsKilledInTheMiddleOfIt() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.publish("AAPL", 60_000);
            ServiceProcess killed = market.fork(Role.HUB, "killed-1");
            MarketDataClient alice = market.connect("alice");
            Subscription subscription = alice.subscribe(From.earliest(), "AAPL");
            RangeReader reader = RangeReader.reading(market, subscription);
            Market.await("some history", () -> reader.ticks("AAPL").size() > 1_000);
            killed.kill();
            assertThat(reader.ticks("AAPL")).as("killed in the middle").hasSizeLessThan(60_000);
            market.startHub("hub-2");
            market.publish("AAPL", TICKS);

            long end = alice.unsubscribe("AAPL").get(AAPL);

            assertThat(end).isEqualTo(60_000 + TICKS);
            reader.provesRange("AAPL", end);
        }
    }

    private static void assertBegins(Market market, From from, long start) {
        try (MarketDataClient client = market.connect("client-" + from.text().replaceAll("[^a-z0-9]", "-"))) {
            Subscription subscription = client.subscribe(from, "AAPL");
            assertThat(subscription.start(AAPL))
                    .as("start from %s", from.text())
                    .isEqualTo(start);
            RangeReader reader = RangeReader.reading(market, subscription);
            market.publish("AAPL", TICKS);
            reader.provesRange("AAPL", client.unsubscribe("AAPL").get(AAPL));
        }
    }

    private static long firstOf(Market market, Instant arrival) {
        return TopicLog.of(market).read(market.wire().tickTopic("AAPL")).stream()
                .filter(record -> record.timestamp() >= arrival.toEpochMilli())
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private static void take(Subscription subscription, int count, List<MarketEvent> events) {
        for (int i = 0; i < count; i++) {
            events.add(subscription.next(PATIENCE).orElseThrow(() -> new AssertionError("no event came")));
        }
    }
}
