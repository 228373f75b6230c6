package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.Subscription;
import io.tickhub.model.DrainState;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole system stops at one command, and loses nothing. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class ShutdownIT {

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(40);
    private static final String[] SYMBOLS = {"AAPL", "MSFT", "TSLA"};

    @Test
    void everythingPublishedIsCountedBeforeTheSystemEnds() {
        try (Market market = Market.open()) {
            List<Service> services = startAll(market);
            MarketDataClient alice = market.connect("alice");
            market.awaitStats(alice, "TSLA", stats -> stats.count() > 50, "ticks flow");
            Subscription subscription = alice.subscribe("AAPL");
            RangeReader reader = RangeReader.reading(market, subscription);
            Market.await("alice gets ticks", () -> reader.ticks("AAPL").size() > 20);

            String feed = alice.subscriptions().getFirst().feed();
            Reply.Drained drained = alice.shutdown(DRAIN_TIMEOUT);

            assertThat(drained.drained()).isTrue();
            assertThat(drained.receipt().instances())
                    .extracting(Receipt.Member::instance)
                    .containsExactly("aggregator-1", "aggregator-2", "hub-1", "hub-2", "producer-1");
            assertThat(drained.receipt().instances())
                    .extracting(Receipt.Member::state)
                    .containsOnly(FinalState.DRAINED);
            services.forEach(service -> assertThat(service.ended()).succeedsWithin(Duration.ofSeconds(20)));
            Map<String, PriceStats> lastBySymbol = lastStatistics(market);
            for (String symbol : SYMBOLS) {
                PriceStats last = lastBySymbol.get(symbol);
                assertThat(last.asOf())
                        .as("counted of %s", symbol)
                        .isEqualTo(market.wire().end(symbol));
                Recount.proves(market, last);
            }
            assertThat(drained.receipt().symbols()).hasSize(SYMBOLS.length).allSatisfy(line -> {
                PriceStats last = lastBySymbol.get(line.symbol().name());
                assertThat(line)
                        .isEqualTo(new Receipt.SymbolLine(
                                line.symbol(), last.count(), last.count(), 0, 0, 0, 0, last.asOf(), last.asOf(), true));
            });
            long end = market.wire().end("AAPL");
            Market.await(
                    "alice has everything before offset " + end,
                    () -> reader.ticks("AAPL").size() == end - subscription.start(new Symbol("AAPL")));
            assertThat(drained.receipt().feeds())
                    .containsExactly(new Receipt.FeedLine(
                            feed, end - subscription.start(new Symbol("AAPL")), 1, List.of(new Symbol("AAPL")), true));
        }
    }

    @Test
    void whatStartsAfterTheDrainRunsAndDoesNotObeyTheOldCommand() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            Service first = market.startHub("hub-1");
            Service counting = market.startAggregator("aggregator-0");
            market.publish("AAPL", 3);
            assertThat(market.connect("alice").shutdown(DRAIN_TIMEOUT).drained())
                    .isTrue();
            assertThat(first.ended()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(counting.ended()).succeedsWithin(Duration.ofSeconds(20));

            Service second = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");

            MarketDataClient bob = market.connect("bob");
            market.awaitStats(bob, "AAPL", stats -> stats.count() == 3, "the new aggregator counts");
            RangeReader reader = RangeReader.reading(market, bob.subscribe("AAPL"));
            market.publish("AAPL", 5);
            Market.await("ticks are delivered", () -> reader.ticks("AAPL").size() == 5);
            assertThat(second.ended()).isNotDone();
            assertThat(aggregator.ended()).isNotDone();
            assertThat(bob.shutdown(DRAIN_TIMEOUT).drained())
                    .as("a second drain")
                    .isTrue();
            assertThat(aggregator.ended()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatStartsDuringADrainRefuses() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            announce(market, Instant.now(), DrainState.Phase.CONSUME);

            assertThatIllegalStateException()
                    .isThrownBy(() -> market.startHub("hub-late"))
                    .withMessageContaining("is being shut down by hub-1");
            assertThatIllegalStateException().isThrownBy(() -> market.startAggregator("aggregator-late"));
            assertThatIllegalStateException().isThrownBy(() -> market.startProducer("producer-late"));
        }
    }

    @Test
    void aDrainOutOfTimeIsNotObeyed() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            announce(market, Instant.now().minus(DRAIN_TIMEOUT.multipliedBy(2)), DrainState.Phase.STOP_PRODUCERS);

            Service hub = market.startHub("hub-2");

            assertThat(market.connect("alice").ping().instance()).isEqualTo("hub-2");
            assertThat(hub.ended()).isNotDone();
        }
    }

    @Test
    void anEmptySystemDrains() {
        try (Market market = Market.open()) {
            Service hub = market.startHub("hub-1");

            Reply.Drained drained = market.connect("alice").shutdown(DRAIN_TIMEOUT);

            assertThat(drained)
                    .isEqualTo(new Reply.Drained(
                            true,
                            new Receipt(
                                    new Receipt.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
                                    List.of(),
                                    List.of(),
                                    List.of(new Receipt.Member("hub-1", Role.HUB, FinalState.DRAINED)),
                                    Receipt.LeftOut.NOTHING)));
            assertThat(hub.ended()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatNobodyCountsIsToldWithoutWaitingForTheDeadline() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            Service hub = market.startHub("hub-1");
            market.publish("AAPL", 3);
            long begun = System.nanoTime();

            Reply.Drained drained = market.connect("alice").shutdown(DRAIN_TIMEOUT);

            assertThat(drained.drained()).isFalse();
            assertThat(drained.receipt().symbols())
                    .containsExactly(
                            new Receipt.SymbolLine(new Symbol("AAPL"), 0, 0, 0, 0, 0, 0, 0, 3, false),
                            new Receipt.SymbolLine(new Symbol("MSFT"), 0, 0, 0, 0, 0, 0, 0, 0, true));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DRAIN_TIMEOUT);
            assertThat(hub.ended()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void aShutdownThatIsOlderThanTheHubIsNotObeyed() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            var unused = RawRequest.of(market, "alice", "{\"type\":\"SHUTDOWN\",\"client\":\"alice\"}")
                    .to(market.topics().adminCommands().name(), 0)
                    .replyTo("old")
                    .send();

            Service hub = market.startHub("hub-1");

            assertThat(RawRequest.awaitReply(market, "old")).contains("older than this hub");
            assertThat(market.connect("bob").ping().instance()).isEqualTo("hub-1");
            assertThat(hub.ended()).isNotDone();
        }
    }

    private static List<Service> startAll(Market market) {
        return List.of(
                market.startHub("hub-1"),
                market.startHub("hub-2"),
                market.startAggregator("aggregator-1"),
                market.startAggregator("aggregator-2"),
                market.startProducer(
                        "producer-1", "TICKHUB_SYMBOLS", String.join(",", SYMBOLS), "TICKHUB_RATE", "300"));
    }

    /** The last record of each symbol on {@code stats}. */
    private static Map<String, PriceStats> lastStatistics(Market market) {
        Map<String, PriceStats> lastBySymbol = new HashMap<>();
        TopicLog.of(market)
                .read(market.topics().stats().name())
                .forEach(record -> lastBySymbol.put(
                        new String(record.key(), StandardCharsets.UTF_8), Json.read(record.value(), PriceStats.class)));
        return lastBySymbol;
    }

    /** As a coordinator does that then dies. */
    private static void announce(Market market, Instant begunAt, DrainState.Phase phase) {
        DrainState drain = new DrainState(1, phase, "hub-1", begunAt, DRAIN_TIMEOUT, List.of("hub-1"), Map.of());
        market.wire()
                .write(new ProducerRecord<>(
                        market.topics().control().name(), RawRequest.utf8(DrainState.KEY), Json.write(drain)));
    }
}
