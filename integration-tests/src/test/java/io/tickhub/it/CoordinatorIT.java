package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

            setBack(market, "hub", 5);
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
    @ValueSource(longs = {5, 30})
    void aNewOwnerGoesByWhatStandsInTheFeed(long told) {
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
            setBack(market, "hub", told);
            market.startHub("hub-2");

            Market.await("40 ticks delivered", () -> reader.ticks("AAPL").size() == 40);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            assertThat(ticksOf(market, feed)).as("ticks in the feed").isEqualTo(40);
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

            setBack(market, "aggregator", 5);
            market.startAggregator("aggregator-2");
            market.publish("AAPL", 20);

            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 40, "40 ticks counted");
            assertThat(stats.count()).isEqualTo(40);
        }
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
    private static void setBack(Market market, String group, long offset) {
        Map<String, Object> forger =
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, market.topics().group("forger"));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                market.kafka().client("forger", forger), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(market.wire().tickTopic("AAPL"), 0), new OffsetAndMetadata(offset)),
                    market.wire().outside(market.topics().group(group)));
            producer.commitTransaction();
        }
    }
}
