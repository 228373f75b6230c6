package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.ClientId;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.topic.MetadataLog;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Symbols that appear while somebody waits for them: none of their first ticks is missing. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class NewSymbolIT {

    @Test
    void anAwaitedSymbolIsServedFromItsFirstTick() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.subscribe("NEW"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_SYMBOL));

            Subscription subscription = Asking.awaited(alice, "AAPL", "NEW");
            RangeReader reader = RangeReader.reading(market, subscription);
            assertThat(subscription.positions()).containsOnlyKeys(new Symbol("AAPL"));
            market.list("NEW");
            long last = market.publish("NEW", 50);

            Market.await("its ticks", () -> reader.ticks("NEW").stream().anyMatch(tick -> tick.offset() == last));
            assertThat(reader.events(new Symbol("NEW")).getFirst()).isInstanceOf(MarketEvent.Begun.class);
            assertThat(subscription.positions()).containsEntry(new Symbol("NEW"), last + 1);
            var ends = alice.unsubscribe("AAPL", "NEW");
            reader.provesRange("NEW", ends.get(new Symbol("NEW")));
        }
    }

    @Test
    void theLogOfMetadataTellsOfANewTopic() {
        try (Market market = Market.open();
                Admin admin = Admin.create(market.kafka().client("test-metadata", Map.of()))) {
            MetadataLog log = new MetadataLog(admin);
            Market.await("the end of the log, where nothing is appended", () -> !log.hasGrown());
            market.list("NEW");
            Market.await("the new topic in the log", log::hasGrown);
        }
    }

    @Test
    void whoNoLongerWaitsGetsNothing() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            Subscription subscription = Asking.awaited(alice, "NEW");
            alice.unsubscribe("NEW");
            assertThat(subscription.isEnded()
                            || subscription
                                    .next(java.time.Duration.ofSeconds(5))
                                    .isPresent())
                    .isTrue();

            market.list("NEW");
            market.publish("NEW", 5);
            RangeReader reader =
                    RangeReader.reading(market, market.connect("bob").subscribe("NEW"));
            long last = market.publish("NEW", 5);
            Market.await("bob's ticks", () -> reader.ticks("NEW").stream().anyMatch(tick -> tick.offset() == last));
            assertThat(alice.subscriptions().stream()
                            .filter(held -> held.client().equals(alice.config().client())))
                    .allSatisfy(held -> assertThat(held.end()).hasValue(0));
        }
    }

    @Test
    void whoWaitsAgainFromAnotherOffsetWaitsOnce() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            String first = "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"NEW\"],\"await\":true}";
            String again = first.replace("}", ",\"offsets\":{\"NEW\":5}}");
            RawRequest.of(market, "alice", first).replyTo("first").send();
            assertThat(RawRequest.awaitReply(market, "first")).contains("WAITING");
            RawRequest.of(market, "alice", again).replyTo("again").send();
            assertThat(RawRequest.awaitReply(market, "again")).contains("WAITING");

            assertThat(market.connect("bob").subscriptions())
                    .filteredOn(held -> held.client().equals(new ClientId("alice")))
                    .filteredOn(held -> held.end().isEmpty())
                    .hasSize(1);
        }
    }

    @Test
    void allSymbolsAreThoseThereAndThoseToCome() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            market.publish("AAPL", 100);
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, Asking.all(alice));
            market.publish("AAPL", 20);
            market.publish("MSFT", 20);
            market.list("NEW", "EUR/USD");
            market.publish("NEW", 20);
            market.publish("EUR/USD", 20);

            for (String symbol : List.of("AAPL", "MSFT", "NEW", "EUR/USD")) {
                Market.await(
                        "the ticks of " + symbol, () -> reader.ticks(symbol).size() >= 20);
            }
            // A topic that is made again is another one, and is read from its first record on too.
            market.wire().deleteTopic(market.wire().tickTopic("NEW"));
            market.list("NEW");
            market.publish("NEW", 7);
            Market.await("the ticks of the new topic", () -> reader.ticks("NEW").size() == 27);

            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.subscribe("AAPL"))
                    .withMessageContaining("holds a subscription to all symbols");
            alice.unsubscribe(Symbol.ALL.name());
            reader.provesAll(List.of("AAPL", "MSFT", "EUR/USD"), 20);
            assertThat(reader.events(new Symbol("AAPL")).getFirst().covers().from())
                    .as("live from where it was")
                    .isEqualTo(100);
        }
    }

    @Test
    void newSymbolsAreServedAfterAHubWasKilled() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT", "TSLA", "BTC-USD");
            market.startHub("hub-1");
            HubProcess killed = market.forkHub("hub-2");
            List<RangeReader> readers = IntStream.range(0, 6)
                    .mapToObj(i -> RangeReader.reading(market, Asking.all(market.connect("client-" + i))))
                    .toList();
            market.publish("AAPL", 5);
            readers.forEach(
                    reader -> Market.await("ticks", () -> reader.ticks("AAPL").size() == 5));

            killed.kill();
            market.list("NEW-1", "NEW-2", "NEW-3");
            for (String symbol : List.of("NEW-1", "NEW-2", "NEW-3")) {
                market.publish(symbol, 5);
                readers.forEach(reader -> Market.await(
                        "the ticks of " + symbol, () -> reader.ticks(symbol).size() == 5));
            }
        }
    }
}
