package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group's coordinator that tells an older offset than was committed makes nothing be counted or copied twice. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class CoordinatorIT {

    @Test
    void aHubDoesNotCopyAgainWhatItHasCopied() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            MarketDataClient bob = market.connect("bob");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            RangeReader lost = RangeReader.reading(market, bob.subscribe("AAPL"));
            market.publish("AAPL", 20);
            Market.await("20 ticks delivered", () -> reader.ticks("AAPL").size() == 20);

            setBack(market, "hub", new OffsetAndMetadata(5));
            // Its next transaction fails, so it opens the symbol again.
            market.wire().deleteTopic(feedOf(alice, "bob"));
            market.publish("AAPL", 20);

            lost.awaitBroken();
            String feed = feedOf(alice, "alice");
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            // The client drops what comes twice: the feed itself must not have it.
            assertThat(ticksOf(market, feed)).as("ticks in the feed").isEqualTo(40);
            assertThat(reader.ticks("AAPL"))
                    .extracting(MarketEvent.FeedTick::offset)
                    .last()
                    .isEqualTo(39L);
        }
    }

    /** Back, as if a transaction had been forgotten; and on, as if the feed's part of one had been. */
    @ParameterizedTest
    @CsvSource({"5, ''", "30, ''", "5, leader epochs -1"})
    void whereLeadersMayHaveChangedANewOwnerGoesByWhatStandsInTheFeed(long told, String note) {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            market.publish("AAPL", 20);
            Market.await("20 ticks delivered", () -> reader.ticks("AAPL").size() == 20);
            String feed = feedOf(alice, "alice");
            market.stop("hub-1");

            market.publish("AAPL", 20);
            setBack(market, "hub", new OffsetAndMetadata(told, note));
            market.startHub("hub-2");

            Market.await("40 ticks delivered", () -> reader.ticks("AAPL").size() == 40);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            assertThat(ticksOf(market, feed)).as("ticks in the feed").isEqualTo(40);
        }
    }

    /** Which spares an ordinary new owner from reading the feeds. */
    @Test
    void aNewOwnerFindsTheSameLeaders() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            RangeReader reader =
                    RangeReader.reading(market, market.connect("alice").subscribe("AAPL"));
            market.publish("AAPL", 20);
            OffsetAndMetadata first = awaitCommitted(market, 20);
            market.stop("hub-1");
            market.startHub("hub-2");
            market.publish("AAPL", 20);

            OffsetAndMetadata next = awaitCommitted(market, 40);
            assertThat(next.metadata()).startsWith("leader epochs ").isEqualTo(first.metadata());
            Market.await("40 ticks delivered", () -> reader.ticks("AAPL").size() == 40);
        }
    }

    /** What it goes on writing with would else take back, in the middle of a feed, what a broker has forgotten. */
    @Test
    void aHubOpensItsSymbolsAgainWhereLeadersHaveChanged() {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            market.list("AAPL");
            market.startHub("hub-1");
            RangeReader reader =
                    RangeReader.reading(market, market.connect("alice").subscribe("AAPL"));
            market.publish("AAPL", 20);
            OffsetAndMetadata before = awaitCommitted(market, 20);

            broker.restart();
            market.publish("AAPL", 20);

            OffsetAndMetadata after = awaitCommitted(market, 40);
            assertThat(after.metadata()).startsWith("leader epochs ").isNotEqualTo(before.metadata());
            Market.await("40 ticks delivered", () -> reader.ticks("AAPL").size() == 40);
            assertThat(reader.ticks("AAPL"))
                    .extracting(MarketEvent.FeedTick::offset)
                    .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
        }
    }

    @Test
    void anAggregatorDoesNotCountAgainWhatItHasCounted() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            market.publish("AAPL", 20);
            market.awaitStats(alice, "AAPL", stats -> stats.asOf() == 20, "20 ticks counted");
            market.stop("aggregator-1");

            setBack(market, "aggregator", new OffsetAndMetadata(5));
            market.startAggregator("aggregator-2");
            market.publish("AAPL", 20);

            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 40, "40 ticks counted");
            assertThat(stats.count()).isEqualTo(40);
        }
    }

    private static OffsetAndMetadata awaitCommitted(Market market, long offset) {
        Market.await("offset " + offset + " committed", () -> market.wire()
                .committed("hub", "AAPL")
                .filter(found -> found.offset() >= offset)
                .isPresent());
        return market.wire().committed("hub", "AAPL").orElseThrow();
    }

    private static long ticksOf(Market market, String feed) {
        return TopicLog.of(market).read(feed).stream()
                .filter(record -> record.headers().lastHeader(Headers.EVENT) == null)
                .count();
    }

    private static String feedOf(MarketDataClient asked, String client) {
        return asked.subscriptions().stream()
                .filter(held -> held.client().name().equals(client))
                .map(Reply.Subscriptions.Held::feed)
                .findFirst()
                .orElseThrow();
    }

    /** Makes the group's coordinator tell another offset of AAPL than the group has committed. */
    private static void setBack(Market market, String group, OffsetAndMetadata offset) {
        Map<String, Object> forger =
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, market.topics().group("forger"));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                market.kafka().client("forger", forger), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(market.wire().tickTopic("AAPL"), 0), offset),
                    market.wire().outside(market.topics().group(group)));
            producer.commitTransaction();
        }
    }
}
