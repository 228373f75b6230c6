package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Covers;
import io.tickhub.model.Delivery;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.From;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a subscription goes through a feed or is read directly makes no difference to what comes. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class DirectIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final int SLOW = 20_000;

    @Test
    void bothWaysBringTheSameTicksThoughAllHubsAreKilledMeanwhile() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            ServiceProcess killed = market.fork(Role.HUB, "killed-1");
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            try (Trading trading = Trading.of(market, Trading.Quality.DIRTY, "AAPL", "MSFT")) {
                trading.start();
                Subscription fed =
                        alice.subscribe(request(Delivery.FEED, "AAPL", "MSFT").from(From.earliest()));
                Subscription direct =
                        bob.subscribe(request(Delivery.DIRECT, "AAPL", "MSFT").from(From.earliest()));
                RangeReader byFeed = RangeReader.reading(market, fed);
                RangeReader bySelf = RangeReader.reading(market, direct);
                awaitMore(20, byFeed);
                awaitMore(20, bySelf);

                killed.kill();
                awaitMore(200, bySelf);
                market.startHub("hub-2");
                awaitMore(20, byFeed);
                Map<Symbol, Long> fedEnds = alice.unsubscribe("AAPL", "MSFT");
                Map<Symbol, Long> directEnds = bob.unsubscribe("AAPL", "MSFT");

                for (Symbol symbol : List.of(AAPL, MSFT)) {
                    byFeed.provesRange(symbol.name(), fedEnds.get(symbol));
                    bySelf.provesRange(symbol.name(), directEnds.get(symbol));
                    long common = Math.min(fedEnds.get(symbol), directEnds.get(symbol));
                    assertThat(bare(bySelf.ticks(symbol.name()), common))
                            .as("ticks of %s before %d", symbol, common)
                            .isEqualTo(bare(byFeed.ticks(symbol.name()), common));
                }
            }
        }
    }

    @Test
    void bothWaysBeginAtTheSamePlacesAndOnlyAFeedIsKept() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            market.publish("AAPL", 100);
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            market.awaitStats(alice, "AAPL", stats -> stats.count() == 100, "100 ticks counted");
            Instant arrival = Instant.ofEpochMilli(TopicLog.of(market)
                    .read(market.wire().tickTopic("AAPL"))
                    .get(50)
                    .timestamp());
            for (From from : List.of(
                    From.live(), From.earliest(), new From.Offset(30), new From.Last(7), new From.Time(arrival))) {
                try (Subscription fed =
                                alice.subscribe(request(Delivery.FEED, "AAPL").from(from));
                        Subscription direct =
                                bob.subscribe(request(Delivery.DIRECT, "AAPL").from(from))) {
                    assertThat(direct.start(AAPL))
                            .as("start from %s", from.text())
                            .isEqualTo(fed.start(AAPL));
                    assertThat(direct.snapshot(AAPL)).as("snapshot").isEqualTo(fed.snapshot(AAPL));
                }
            }
            assertThat(alice.subscriptions()).as("what the hub keeps").allMatch(held -> held.client()
                    .equals(alice.config().client()));
            assertRefused(ErrorCode.UNKNOWN_SYMBOL, () -> bob.subscribe(request(Delivery.DIRECT, "APPL")));
            assertRefused(
                    ErrorCode.BAD_REQUEST,
                    () -> bob.subscribe(request(Delivery.DIRECT, "AAPL").from(new From.Offset(101))));
            assertRefused(ErrorCode.NOT_SUBSCRIBED, () -> bob.unsubscribe("AAPL"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void offsetsWithoutTicksAreCovered(Delivery delivery) {
        try (Market market = Market.open();
                KafkaProducer<byte[], byte[]> transactions = transactions(market)) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe(request(delivery, "AAPL")));
            transactions.initTransactions();
            byte[] tick = new TickCodec().encode(Market.tick("AAPL", 1));
            for (int i = 0; i < 5; i++) {
                market.publish("AAPL", 1);
                market.publishBroken("AAPL", "no tick");
                transactions.beginTransaction();
                Wire.await(transactions.send(market.wire().tickRecord("AAPL", tick)));
                if (i % 2 == 0) {
                    transactions.commitTransaction();
                } else {
                    transactions.abortTransaction();
                }
            }
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(AAPL));
            assertThat(reader.ticks("AAPL")).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatRetentionHasDeletedIsAnnounced(Delivery delivery) {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 100);
            market.wire().deleteRecords(market.wire().tickTopic("AAPL"), 40);
            MarketDataClient alice = market.connect("alice");

            Subscription subscription =
                    alice.subscribe(request(delivery, "AAPL").from(new From.Offset(10)));
            List<MarketEvent> events = endAndTake(alice, subscription);

            assertThat(events.get(0)).isInstanceOf(MarketEvent.Gap.class);
            assertThat(events.get(0).covers()).isEqualTo(new Covers(10, 40));
            RangeReader.assertRange(market, AAPL, 40, 100, events.subList(1, events.size()));
        }
    }

    @Test
    void whatRetentionDeletesWhileTheApplicationIsSlowIsAnnounced() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect(market.config("alice").withBufferCapacity(100));
            Subscription subscription = alice.subscribe(request(Delivery.DIRECT, "AAPL"));
            market.publish("AAPL", SLOW);
            market.wire().deleteRecords(market.wire().tickTopic("AAPL"), SLOW - 10);

            List<MarketEvent> events = endAndTake(alice, subscription);

            int gap = 0;
            while (!(events.get(gap) instanceof MarketEvent.Gap)) {
                gap++;
            }
            long read = events.get(gap).covers().from();
            assertThat(events.get(gap).covers().to()).isEqualTo(SLOW - 10);
            assertThat(events.subList(0, gap))
                    .as("one tick for each offset before")
                    .hasSize((int) read);
            RangeReader.assertRange(market, AAPL, SLOW - 10, SLOW, events.subList(gap + 1, events.size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTopicThatIsMadeAgainEndsTheSymbol(Delivery delivery) {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            Subscription subscription = alice.subscribe(request(delivery, "AAPL", "MSFT"));
            RangeReader reader = RangeReader.reading(market, subscription);
            market.publish("AAPL", 30);
            Market.await("30 ticks", () -> reader.ticks("AAPL").size() == 30);

            market.wire().deleteTopic(market.wire().tickTopic("AAPL"));
            market.list("AAPL");
            market.publish("AAPL", 10);

            Market.await(
                    "the subscription to AAPL ends",
                    () -> !subscription.positions().containsKey(AAPL));
            assertThat(reader.ticks("AAPL")).hasSize(30);
            market.publish("MSFT", 10);
            reader.provesRange("MSFT", alice.unsubscribe("MSFT").get(MSFT));
            Subscription again = alice.subscribe(request(delivery, "AAPL").from(From.earliest()));
            RangeReader.assertRange(market, AAPL, 0, 10, endAndTake(alice, again));
        }
    }

    @Test
    void aTopicThatIsDeletedEndsTheSymbol() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            Subscription subscription = alice.subscribe(request(Delivery.DIRECT, "AAPL"));
            market.publish("AAPL", 30);
            List<MarketEvent> events = new ArrayList<>();
            take(subscription, 30, events);

            market.wire().deleteTopic(market.wire().tickTopic("AAPL"));

            assertThat(subscription.next(PATIENCE)).hasValueSatisfying(last -> {
                assertThat(last.covers()).isEqualTo(new Covers(30, 30));
                assertThat(((MarketEvent.Ended) last).detail()).contains("deleted");
            });
        }
    }

    @Test
    void onlyWhatIsFullIsPaused() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect(market.config("alice").withBufferCapacity(100));
            Subscription slow = alice.subscribe(request(Delivery.DIRECT, "AAPL"));
            RangeReader fast = RangeReader.reading(market, alice.subscribe(request(Delivery.DIRECT, "MSFT")));

            market.publish("AAPL", SLOW);
            market.publish("MSFT", SLOW);
            Market.await("the fast one has all", () -> fast.ticks("MSFT").size() == SLOW);
            alice.unsubscribe("MSFT");
            long end = alice.unsubscribe("AAPL").get(AAPL);
            // Two ranges of one symbol, of which the older one is behind.
            RangeReader second = RangeReader.reading(market, alice.subscribe(request(Delivery.DIRECT, "AAPL")));
            market.publish("AAPL", 10);
            Market.await("the newer one goes on", () -> second.ticks("AAPL").size() == 10);

            assertThat(end).isEqualTo(SLOW);
            RangeReader.reading(market, slow).provesRange("AAPL", end);
            second.provesRange("AAPL", alice.unsubscribe("AAPL").get(AAPL));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesAreExactWhileSubscribersComeAndGo(Delivery delivery) {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            try (Trading trading = Trading.of(market, Trading.Quality.DIRTY, "AAPL", "MSFT")) {
                trading.start();
                for (int round = 0; round < 5; round++) {
                    RangeReader reader =
                            RangeReader.reading(market, alice.subscribe(request(delivery, "AAPL", "MSFT")));
                    awaitMore(20, reader);
                    long first = alice.unsubscribe("AAPL").get(AAPL);
                    long second = alice.unsubscribe("MSFT").get(MSFT);
                    reader.provesRange("AAPL", first);
                    reader.provesRange("MSFT", second);
                }
            }
        }
    }

    @Test
    void aPositionIsGoodForBothWays() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.publish("AAPL", 100);
            List<MarketEvent> events = new ArrayList<>();
            Map<Symbol, Long> positions = Map.of(AAPL, 0L);
            for (Delivery delivery : List.of(Delivery.FEED, Delivery.DIRECT, Delivery.FEED, Delivery.DIRECT)) {
                try (MarketDataClient client = market.connect("client-" + events.size())) {
                    SubscriptionRequest request = SubscriptionRequest.resuming(positions);
                    Subscription part = client.subscribe(delivery == Delivery.DIRECT ? request.direct() : request);
                    take(part, 20, events);
                    positions = part.positions();
                }
            }
            RangeReader.assertRange(
                    market, AAPL, 0, positions.get(AAPL), events.stream().toList());
        }
    }

    @Test
    void readingGoesOnWhenTheBrokerIsBack() {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe(request(Delivery.DIRECT, "AAPL")));
            market.publish("AAPL", 100);
            Market.await("100 ticks", () -> reader.ticks("AAPL").size() == 100);

            broker.kill();
            broker.restart();
            market.publish("AAPL", 100);

            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(AAPL));
            assertThat(reader.ticks("AAPL")).hasSize(200);
        }
    }

    private static SubscriptionRequest request(Delivery delivery, String... symbols) {
        SubscriptionRequest request = SubscriptionRequest.to(symbols);
        return switch (delivery) {
            case FEED -> request;
            case DIRECT -> request.direct();
        };
    }

    private static List<MarketEvent> endAndTake(MarketDataClient client, Subscription subscription) {
        client.unsubscribe(subscription.symbols(), PATIENCE);
        List<MarketEvent> events = new ArrayList<>();
        subscription.events(PATIENCE).forEach(events::add);
        assertThat(events).last().isInstanceOf(MarketEvent.Ended.class);
        return events;
    }

    private static void take(Subscription subscription, int count, List<MarketEvent> events) {
        for (int i = 0; i < count; i++) {
            events.add(subscription.next(PATIENCE).orElseThrow(() -> new AssertionError("no event came")));
        }
    }

    private static void awaitMore(int count, RangeReader reader) {
        for (String symbol : List.of("AAPL", "MSFT")) {
            int wanted = reader.ticks(symbol).size() + count;
            Market.await(
                    count + " more ticks of " + symbol,
                    () -> reader.ticks(symbol).size() >= wanted);
        }
    }

    /** Ticks before an offset, without what they cover: that depends on how many were copied or read at a time. */
    private static List<MarketEvent.FeedTick> bare(List<MarketEvent.FeedTick> ticks, long before) {
        return ticks.stream()
                .filter(tick -> tick.offset() < before)
                .map(tick -> new MarketEvent.FeedTick(
                        tick.symbol(), tick.offset(), tick.price(), tick.volume(), tick.timestamp(), new Covers(0, 0)))
                .toList();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable request) {
        assertThatExceptionOfType(HubErrorException.class)
                .isThrownBy(request)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static KafkaProducer<byte[], byte[]> transactions(Market market) {
        String id = market.topics().group("writer");
        return new KafkaProducer<>(
                market.kafka().client(id, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
