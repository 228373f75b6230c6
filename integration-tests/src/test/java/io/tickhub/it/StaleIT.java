package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who waits for ticks is told when there can be none, and when there can be again. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class StaleIT {

    private static final String[] SYMBOLS = {"AAPL", "MSFT", "TSLA", "BTC-USD", "ETH-USD", "NVDA"};

    @Test
    void theSymbolsOfAKilledHubAreStaleUntilAnotherOneHasThem() {
        try (Market market = Market.open()) {
            market.list(SYMBOLS);
            market.startHub("hub-1");
            ServiceProcess killed = market.fork(Role.HUB, "hub-2", "TICKHUB_HUB_WORKERS", "2");
            market.wire()
                    .awaitShares(
                            "hub",
                            "both hubs have symbols",
                            shares -> shares.entrySet().stream()
                                            .filter(share -> !share.getValue().isEmpty())
                                            .map(share -> share.getKey().substring(0, 5))
                                            .distinct()
                                            .count()
                                    == 2);
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe(SYMBOLS));
            for (String symbol : SYMBOLS) {
                market.publish(symbol, 3);
                Market.await("ticks of " + symbol, () -> reader.ticks(symbol).size() == 3);
            }
            Map<String, List<String>> ownersBefore = Arrays.stream(SYMBOLS)
                    .collect(Collectors.groupingBy(symbol -> market.wire()
                            .ownerOf("hub", market.wire().tickTopic(symbol))
                            .substring(0, 5)));

            killed.kill();

            for (String symbol : ownersBefore.get("hub-2")) {
                Market.await(symbol + " is stale", () -> count(reader, symbol, MarketEvent.Stale.class) == 1);
                Market.await(symbol + " goes on", () -> count(reader, symbol, MarketEvent.Recovered.class) == 1);
                market.publish(symbol, 3);
                Market.await("ticks of " + symbol, () -> reader.ticks(symbol).size() == 6);
            }
            for (String symbol : ownersBefore.get("hub-1")) {
                assertThat(count(reader, symbol, MarketEvent.Stale.class))
                        .as("%s was never away", symbol)
                        .isZero();
            }
            Map<Symbol, Long> ends = alice.unsubscribe(SYMBOLS);
            for (String symbol : SYMBOLS) {
                reader.provesRange(symbol, ends.get(new Symbol(symbol)));
            }
        }
    }

    @Test
    void whereNoHubIsThereTheClientTellsItItself() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            ServiceProcess only = market.fork(Role.HUB, "hub-1", "TICKHUB_HUB_WORKERS", "2");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            market.publish("AAPL", 3);
            Market.await("ticks", () -> reader.ticks("AAPL").size() == 3);

            only.kill();
            Market.await("it is stale", () -> count(reader, "AAPL", MarketEvent.Stale.class) == 1);
            market.startHub("hub-2");
            Market.await("it goes on", () -> count(reader, "AAPL", MarketEvent.Recovered.class) == 1);

            market.publish("AAPL", 3);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
        }
    }

    private static long count(RangeReader reader, String symbol, Class<? extends MarketEvent> kind) {
        return reader.events(new Symbol(symbol)).stream()
                .filter(kind::isInstance)
                .count();
    }
}
