package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.Subscription;
import io.tickhub.model.ClientId;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the commands answer to a client of the library. */
@ExtendWith(BrokerFirst.class)
@Timeout(60)
class CommandsIT {

    private static Market market;

    @BeforeAll
    @Timeout(180) // The broker may have to be started.
    static void openMarket() {
        market = Market.open();
        market.list("AAPL", "MSFT", "EUR/USD");
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
    }

    @AfterAll
    static void closeMarket() {
        market.close();
    }

    @Test
    void pingTellsWhoAnswers() {
        Reply.Pong pong = market.connect("pinger").ping();

        assertThat(pong.instance()).isEqualTo("hub-1");
        assertThat(pong.role()).isEqualTo(Role.HUB.text());
        assertThat(pong.uptime()).isPositive();
    }

    @Test
    void symbolsAreListedInOrder() {
        assertThat(market.connect("lister").symbols())
                .containsSubsequence(new Symbol("AAPL"), new Symbol("EUR/USD"), new Symbol("MSFT"));
    }

    @Test
    void statisticsAreThoseOfTheSymbolsAskedFor() {
        MarketDataClient client = market.connect("statistician");
        market.publish("AAPL", 5);
        market.publish("EUR/USD", 7);
        market.awaitStats(client, "AAPL", stats -> stats.count() == 5, "5 ticks counted");
        market.awaitStats(client, "EUR/USD", stats -> stats.count() == 7, "7 ticks counted");

        assertThat(client.statistics("EUR/USD", "MSFT"))
                .as("MSFT has none")
                .extracting(PriceStats::symbol)
                .containsExactly(new Symbol("EUR/USD"));
        assertThat(client.statistics())
                .extracting(PriceStats::symbol)
                .containsExactly(new Symbol("AAPL"), new Symbol("EUR/USD"));
        client.statistics().forEach(stats -> Recount.proves(market, stats));
    }

    @Test
    void subscriptionsAreListedWhileTheyLast() {
        MarketDataClient client = market.connect("holder");
        Subscription subscription = client.subscribe("MSFT");
        Market.await("the subscription is live", () -> held(client).stream()
                .anyMatch(held -> held.state().equals("LIVE")));

        Reply.Subscriptions.Held held = held(client).get(0);
        assertThat(held.symbol()).isEqualTo(new Symbol("MSFT"));
        assertThat(held.start()).isEqualTo(subscription.start(new Symbol("MSFT")));
        assertThat(held.end()).isEmpty();
        assertThat(held.feed()).startsWith(market.topics().feedPrefix() + "holder.");

        Map<Symbol, Long> ends = client.unsubscribe("MSFT");
        Market.await("the subscription has ended", () -> held(client).stream()
                .allMatch(
                        last -> last.state().equals("ENDED") && last.end().orElse(-1) == ends.get(new Symbol("MSFT"))));
    }

    @Test
    void anUnknownSymbolIsRefusedWithSimilarOnes() {
        MarketDataClient client = market.connect("misspeller");

        assertRefused(ErrorCode.UNKNOWN_SYMBOL, () -> client.subscribe("APPL"), "similar: AAPL");
        assertRefused(ErrorCode.UNKNOWN_SYMBOL, () -> client.subscribe("AAPL", "XXXXXXXX"), "ticks.XXXXXXXX");
        assertThat(held(client)).as("all or none").isEmpty();
    }

    @Test
    void whatWasNotSubscribedCannotBeUnsubscribed() {
        MarketDataClient client = market.connect("leaver");

        assertRefused(ErrorCode.NOT_SUBSCRIBED, () -> client.unsubscribe("AAPL"), "leaver");
    }

    private static List<Reply.Subscriptions.Held> held(MarketDataClient client) {
        ClientId id = client.config().client();
        return client.subscriptions().stream()
                .filter(held -> held.client().equals(id))
                .toList();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable request, String words) {
        assertThatExceptionOfType(HubErrorException.class)
                .isThrownBy(request)
                .withMessageContaining(words)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
