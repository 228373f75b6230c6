package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.ClientConfig.AtClose;
import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.ClientId;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that is there keeps what it holds, one that is gone loses it. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class LeaseIT {

    private static final Duration LEASE = Duration.ofSeconds(6);

    @Test
    void aClientThatIsGoneLosesItsSubscriptionsAndItsFeedAndNobodyElseDoes() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1", "TICKHUB_CLIENT_LEASE", LEASE.toSeconds() + "s", "TICKHUB_FEED_GRACE", "2s");
            MarketDataClient watcher = market.connect("watcher");
            MarketDataClient there = market.connect("there");
            RangeReader kept = RangeReader.reading(market, there.subscribe("AAPL"));
            MarketDataClient gone = market.connect(market.config("gone").withAtClose(AtClose.KEEP));
            var unused = gone.subscribe("AAPL", "MSFT");
            String feed = heldBy(watcher, "gone").getFirst().feed();
            Market.await("the time left is known", () -> heldBy(watcher, "gone").stream()
                    .allMatch(held -> held.leaseLeft().isPresent()));

            gone.close();

            Market.await("the time left becomes less", () -> heldBy(watcher, "gone").stream()
                    .flatMap(held -> held.leaseLeft().stream())
                    .anyMatch(left -> left.compareTo(LEASE.dividedBy(3)) < 0));
            Market.await("its subscriptions end", () -> heldBy(watcher, "gone").stream()
                    .allMatch(held -> held.end().isPresent()));
            assertThat(heldBy(watcher, "there")).singleElement().satisfies(held -> assertThat(held.end())
                    .isEmpty());
            long last = market.publish("AAPL", 3);
            Market.await("who is there gets ticks", () -> kept.ticks("AAPL").stream()
                    .anyMatch(tick -> tick.offset() == last));
            Market.await(Duration.ofSeconds(90), "its feed is deleted", () -> !market.wire()
                    .exists(feed));
            kept.provesRange("AAPL", there.unsubscribe("AAPL").get(new Symbol("AAPL")));
        }
    }

    /** What it holds of symbols the feed ends; that it holds all of them, its next renewal tells. */
    @Test
    void aGatewayThatStoodStillForLongerThanItsLeaseHoldsAllSymbolsAgain() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1", "TICKHUB_CLIENT_LEASE", LEASE.toSeconds() + "s");
            MarketDataClient watcher = market.connect("watcher");
            ServiceProcess gateway = market.fork(Role.GATEWAY, "gateway-1", "TICKHUB_WEB_PORT", "0");
            Market.await("it holds all symbols", () -> holdsAll(watcher, "gateway-1"));

            gateway.pause();
            Market.await("its subscriptions end", () -> heldBy(watcher, "gateway-1").stream()
                    .allMatch(held -> held.end().isPresent()));
            gateway.resume();

            Market.await("it holds all symbols again", () -> holdsAll(watcher, "gateway-1"));
        }
    }

    /** Also another hub knows when it was seen last, and gives it no less than that. */
    @Test
    void aLeaseSurvivesTheHubThatKeptIt() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1", "TICKHUB_CLIENT_LEASE", LEASE.toSeconds() + "s");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            MarketDataClient watcher = market.connect("watcher");
            market.startHub("hub-2", "TICKHUB_CLIENT_LEASE", LEASE.toSeconds() + "s");

            market.stop("hub-1");

            long since = System.nanoTime();
            Market.await("a lease and a half are over", () -> {
                assertThat(heldBy(watcher, "alice")).singleElement().satisfies(held -> {
                    assertThat(held.end()).isEmpty();
                    assertThat(held.leaseLeft()).isPresent().isNotEqualTo(Optional.of(Duration.ZERO));
                });
                return System.nanoTime() - since > LEASE.toNanos() * 3 / 2;
            });
            market.publish("AAPL", 3);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
        }
    }

    private static boolean holdsAll(MarketDataClient client, String holder) {
        return heldBy(client, holder).stream()
                .anyMatch(held -> held.symbol().equals(Symbol.ALL) && held.end().isEmpty());
    }

    private static List<Reply.Subscriptions.Held> heldBy(MarketDataClient client, String holder) {
        return client.subscriptions().stream()
                .filter(held -> held.client().equals(new ClientId(holder)))
                .toList();
    }
}
