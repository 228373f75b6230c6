package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.ClientConfig.AtClose;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.ClientId;
import io.tickhub.model.Covers;
import io.tickhub.model.Headers;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerFirst.class)
@Timeout(120)
class SubscriptionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
            RangeReader reader = RangeReader.reading(market, subscription);
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
    void rangesAreExactWhileHubsComeAndGo() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT", "TSLA");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL", "MSFT", "TSLA");
            trading.start();
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");

            RangeReader first = RangeReader.reading(market, alice.subscribe("AAPL", "MSFT"));
            market.startHub("hub-2");
            RangeReader second = RangeReader.reading(market, bob.subscribe("MSFT", "TSLA"));
            Market.await(
                    "both get ticks",
                    () -> !first.ticks("AAPL").isEmpty()
                            && !second.ticks("TSLA").isEmpty());
            Map<Symbol, Long> aliceEnds = alice.unsubscribe("AAPL", "MSFT");
            market.stop("hub-2");
            RangeReader third = RangeReader.reading(market, alice.subscribe("AAPL"));
            Market.await(
                    "ticks after the second hub has left",
                    () -> third.ticks("AAPL").size() > 50);
            Map<Symbol, Long> bobEnds = bob.unsubscribe("MSFT", "TSLA");
            Map<Symbol, Long> lastEnds = alice.unsubscribe("AAPL");
            trading.close();

            first.provesRange("AAPL", aliceEnds.get(new Symbol("AAPL")));
            first.provesRange("MSFT", aliceEnds.get(new Symbol("MSFT")));
            second.provesRange("MSFT", bobEnds.get(new Symbol("MSFT")));
            second.provesRange("TSLA", bobEnds.get(new Symbol("TSLA")));
            third.provesRange("AAPL", lastEnds.get(new Symbol("AAPL")));
        }
    }

    @Test
    void rangesStayExactWhenAHubIsKilled() {
        String[] symbols = {"AAPL", "MSFT", "TSLA", "BTC-USD"};
        try (Market market = Market.open()) {
            market.list(symbols);
            market.startHub("hub-1");
            HubProcess killed = market.forkHub("hub-2");
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            RangeReader first = RangeReader.reading(market, alice.subscribe(symbols));
            RangeReader second = RangeReader.reading(market, bob.subscribe(symbols));
            Map<Symbol, Long> aliceEnds;
            Map<Symbol, Long> bobEnds;
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, symbols)) {
                trading.start();
                awaitMore(20, symbols, first, second);

                killed.kill();

                awaitMore(100, symbols, first, second);
                aliceEnds = alice.unsubscribe(symbols);
                bobEnds = bob.unsubscribe(symbols);
            }
            for (String symbol : symbols) {
                first.provesRange(symbol, aliceEnds.get(new Symbol(symbol)));
                second.provesRange(symbol, bobEnds.get(new Symbol(symbol)));
            }
        }
    }

    @Test
    void aFeedThatIsDeletedEndsAlone() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            Service hub = market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            RangeReader lost = RangeReader.reading(market, alice.subscribe("AAPL"));
            RangeReader kept = RangeReader.reading(market, bob.subscribe("AAPL"));
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL")) {
                trading.start();
                awaitMore(10, new String[] {"AAPL"}, lost, kept);

                market.wire().deleteTopic(heldBy(bob, "alice").get(0).feed());

                Market.await("the hub has ended what went into that feed", () -> heldBy(bob, "alice").stream()
                        .allMatch(held -> held.state().equals("ENDED")));
                lost.awaitBroken();
                awaitMore(20, new String[] {"AAPL"}, kept);
                kept.provesRange("AAPL", bob.unsubscribe("AAPL").get(new Symbol("AAPL")));
            }
            assertThat(hub.ended()).isNotDone();
        }
    }

    @Test
    void anInterruptedThreadClosesAllOfItsClient() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient client = market.connect("interrupted");
            var unused = client.subscribe("AAPL");

            Thread.currentThread().interrupt();
            client.close();

            assertThat(Thread.interrupted()).as("as it was").isTrue();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("tickhub-interrupted"));
        }
    }

    @Test
    void aClientThatComesBackGoesOnWhereItStopped() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            List<MarketEvent> events = new ArrayList<>();
            long start;
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL")) {
                trading.start();
                MarketDataClient before = market.connect(market.config("alice").withAtClose(AtClose.KEEP));
                Subscription first = before.subscribe("AAPL");
                start = first.start(new Symbol("AAPL"));
                take(first, 25, events);
                before.close();
                market.publish("AAPL", 50);

                MarketDataClient after = market.connect("alice");
                Subscription second = after.subscribe("AAPL");
                assertThat(second.start(new Symbol("AAPL")))
                        .as("the same range")
                        .isEqualTo(start);
                take(second, 100, events);
                long end = after.unsubscribe("AAPL").get(new Symbol("AAPL"));
                second.events(PATIENCE).forEach(events::add);
                RangeReader.assertRange(market, new Symbol("AAPL"), start, end, events);
            }
        }
    }

    @Test
    void bothProducersOfAWorkerWriteAFeedAndItIsInOrder() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            String feed = heldBy(alice, "alice").get(0).feed();
            String worker = market.wire()
                    .ownerOf("hub", market.wire().tickTopic("AAPL"))
                    .substring("hub-1-".length());
            List<Long> both = market.topics().transactionalIds("hub-1", worker).stream()
                    .map(id -> market.wire().transaction(id).producerId())
                    .toList();

            Market.await("both have written", () -> {
                market.publish("AAPL", 1);
                return market.wire().producersOf(feed).containsAll(both);
            });

            assertThat(both).doesNotHaveDuplicates().hasSize(2);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
        }
    }

    @Test
    void aNewOwnerWaitsForTheOffsetInAnOpenTransaction() {
        try (Market market = Market.open();
                KafkaProducer<byte[], byte[]> dead = transactions(market)) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            String feed = heldBy(alice, "alice").get(0).feed();
            market.publish("AAPL", 10);
            Market.await("10 ticks delivered", () -> reader.ticks("AAPL").size() == 10);
            market.stop("hub-1");
            String group = market.topics().group("hub");
            TopicPartition symbol = new TopicPartition(market.wire().tickTopic("AAPL"), 0);
            dead.initTransactions();
            dead.beginTransaction();
            dead.sendOffsetsToTransaction(
                    Map.of(symbol, new OffsetAndMetadata(10)), market.wire().outside(group));

            CompletableFuture<Service> hub = CompletableFuture.supplyAsync(() -> market.startHub("hub-2"));
            assertThat(market.wire().ownerOf("hub", symbol.topic())).startsWith("hub-2");
            market.publish("AAPL", 10);
            assertThat(hub).as("it opens the symbol without its offset").isNotDone();
            dead.abortTransaction();
            assertThat(hub).succeedsWithin(PATIENCE);

            long end = alice.unsubscribe("AAPL").get(new Symbol("AAPL"));
            reader.provesRange("AAPL", end);
            // The client drops what comes twice: the feed itself must not have it.
            long next = 0;
            for (ConsumerRecord<byte[], byte[]> record : TopicLog.of(market).read(feed)) {
                Covers covers = Covers.parse(HeaderText.of(record, Headers.COVERS));
                assertThat(covers.from()).as("the ranges in the feed join").isEqualTo(next);
                next = covers.to();
            }
            assertThat(next).isEqualTo(end);
        }
    }

    private static KafkaProducer<byte[], byte[]> transactions(Market market) {
        return new KafkaProducer<>(
                market.kafka()
                        .client(
                                "dead",
                                Map.of(
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                        market.topics().group("dead"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void recordsThatAreNoTicksAreCoveredAndNotDelivered() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL", "MSFT"));
            List<Long> ticks = new ArrayList<>();
            market.publishBroken("AAPL", "no tick at the beginning");
            for (int i = 0; i < 20; i++) {
                ticks.add(market.publish("AAPL", 1));
                ticks.add(market.publish("AAPL", 1));
                market.publishBroken("AAPL", "no tick between ticks");
                market.publishBroken("MSFT", "no tick at all");
            }
            Map<Symbol, Long> ends = alice.unsubscribe("AAPL", "MSFT");

            reader.provesRange("AAPL", ends.get(new Symbol("AAPL")));
            reader.provesRange("MSFT", ends.get(new Symbol("MSFT")));
            assertThat(reader.ticks("AAPL"))
                    .extracting(MarketEvent.FeedTick::offset)
                    .containsExactlyElementsOf(ticks);
            assertThat(reader.ticks("MSFT")).isEmpty();
        }
    }

    @Test
    void aSymbolWithoutStatisticsStartsAtItsEnd() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 10);
            MarketDataClient alice = market.connect("alice");

            Subscription subscription = alice.subscribe("AAPL");

            assertThat(subscription.snapshot(new Symbol("AAPL"))).isEmpty();
            assertThat(subscription.start(new Symbol("AAPL"))).isEqualTo(10);
            RangeReader reader = RangeReader.reading(market, subscription);
            market.publish("AAPL", 5);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            assertThat(reader.ticks("AAPL")).hasSize(5);
        }
    }

    private static List<Reply.Subscriptions.Held> heldBy(MarketDataClient asked, String client) {
        return asked.subscriptions().stream()
                .filter(held -> held.client().equals(new ClientId(client)))
                .toList();
    }

    private static void take(Subscription subscription, int count, List<MarketEvent> events) {
        for (int i = 0; i < count; i++) {
            events.add(subscription.next(PATIENCE).orElseThrow());
        }
    }

    /** Waits until each reader has so many ticks more of each symbol. */
    private static void awaitMore(int count, String[] symbols, RangeReader... readers) {
        for (RangeReader reader : readers) {
            for (String symbol : symbols) {
                int wanted = reader.ticks(symbol).size() + count;
                Market.await(
                        count + " more ticks of " + symbol,
                        () -> reader.ticks(symbol).size() >= wanted);
            }
        }
    }
}
