package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.PriceStats;
import io.tickhub.model.TickCodec;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statistics are those of a plain recount, whatever happens to aggregators and topics. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class StatisticsIT {

    @Test
    void statisticsStayExactWhileAggregatorsJoinAndLeave() {
        String[] symbols = {"AAPL", "MSFT", "TSLA", "BTC-USD", "EUR/USD", "^GSPC"};
        try (Market market = Market.open()) {
            market.list(symbols);
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            try (Trading trading = Trading.of(market, Trading.Quality.DIRTY, symbols)) {
                trading.start();
                awaitAllMoved(market, alice, symbols);
                market.startAggregator("aggregator-2");
                awaitAllMoved(market, alice, symbols);
                market.stop("aggregator-1");
                awaitAllMoved(market, alice, symbols);
                market.startAggregator("aggregator-3");
                market.stop("aggregator-2");
                awaitAllMoved(market, alice, symbols);
            }

            for (String symbol : symbols) {
                PriceStats stats = awaitComplete(market, alice, symbol);
                assertThat(stats.rejected()).isPositive();
                Recount.proves(market, stats);
            }
        }
    }

    /** Each of them makes the group balance, which overtakes transactions now and then; that none is overtaken does not fail the test. */
    @Test
    void statisticsStayExactWhileNewSymbolsCome() {
        String[] symbols = {"AAPL", "MSFT", "TSLA", "BTC-USD", "ETH-USD"};
        try (Market market = Market.open()) {
            market.list(symbols);
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            market.startAggregator("aggregator-2");
            MarketDataClient alice = market.connect("alice");
            try (Trading trading = Trading.of(market, Trading.Quality.DIRTY, symbols)) {
                trading.start();
                awaitAllMoved(market, alice, symbols);
                for (int i = 1; i <= 10; i++) {
                    String newcomer = "NEW-" + i;
                    market.list(newcomer);
                    market.publish(newcomer, 2);
                    market.awaitStats(alice, newcomer, stats -> stats.count() == 2, "it is counted");
                }
                awaitAllMoved(market, alice, symbols);
            }

            for (String symbol : symbols) {
                Recount.proves(market, awaitComplete(market, alice, symbol));
            }
        }
    }

    @Test
    void aggregatorsShareTheSymbols() {
        String[] symbols = {"A", "B", "C", "D", "E", "F", "G", "H"};
        try (Market market = Market.open()) {
            market.list(symbols);
            market.startAggregator("aggregator-1");
            market.startAggregator("aggregator-2");

            // Two workers each; the default assignor would give all symbols to one of them.
            market.wire()
                    .awaitShares("aggregator", "each of four workers has two of eight symbols", StatisticsIT::isEven);

            market.stop("aggregator-2");
            market.wire()
                    .awaitShares(
                            "aggregator",
                            "both workers left have four symbols",
                            shares -> shares.size() == 2
                                    && shares.values().stream().allMatch(share -> share.size() == 4));
        }
    }

    @Test
    void aTopicMadeAgainIsCountedAfresh() {
        try (Market market = Market.open()) {
            market.list("AAPL", "GONE");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            market.publish("AAPL", 5);
            market.publish("GONE", 10);
            PriceStats before =
                    market.awaitStats(alice, "GONE", stats -> stats.count() == 10, "the first topic is counted");

            market.wire().deleteTopic(market.wire().tickTopic("GONE"));
            market.list("GONE");
            market.publish("GONE", 3);

            PriceStats after = market.awaitStats(
                    alice, "GONE", stats -> stats.count() == 3 && stats.asOf() == 3, "the second topic is counted");
            assertThat(after.topicId()).isNotEqualTo(before.topicId());
            assertThat(after.since()).isZero();
            Recount.proves(market, after);
            market.publish("AAPL", 5);
            Recount.proves(market, awaitComplete(market, alice, "AAPL"));
        }
    }

    @Test
    void abortedTicksAndTransactionMarkersAreSkipped() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            try (KafkaProducer<byte[], byte[]> producer = transactionalProducer(market)) {
                producer.initTransactions();
                send(market, producer, 1, 5);
                producer.commitTransaction();
                send(market, producer, 6, 3);
                producer.abortTransaction();
                send(market, producer, 9, 2);
                producer.commitTransaction();
            }

            // Kafka writes the last marker after the commit has returned: the end is known, not asked for.
            PriceStats stats = market.awaitStats(
                    alice, "AAPL", found -> found.asOf() == 13, "ten ticks and three markers are behind it");

            assertThat(stats.count()).isEqualTo(7);
            assertThat(stats.skipped())
                    .as("three aborted ticks and three markers")
                    .isEqualTo(6);
            Recount.proves(market, stats);
        }
    }

    private static boolean isEven(Map<String, Set<String>> shares) {
        IntSummaryStatistics sizes =
                shares.values().stream().mapToInt(Collection::size).summaryStatistics();
        return shares.size() == 4 && sizes.getMin() == 2 && sizes.getMax() == 2;
    }

    /** Waits until of every symbol more is counted than stood in its topic at this moment. */
    private static void awaitAllMoved(Market market, MarketDataClient client, String... symbols) {
        for (String symbol : symbols) {
            long end = market.wire().end(symbol);
            market.awaitStats(client, symbol, stats -> stats.asOf() > end + 10, "counted past offset " + end);
        }
    }

    private static PriceStats awaitComplete(Market market, MarketDataClient client, String symbol) {
        long end = market.wire().end(symbol);
        return market.awaitStats(client, symbol, stats -> stats.asOf() == end, "counted to the end, offset " + end);
    }

    private static void send(Market market, KafkaProducer<byte[], byte[]> producer, int from, int count) {
        producer.beginTransaction();
        for (int number = from; number < from + count; number++) {
            byte[] tick = new TickCodec().encode(Market.tick("AAPL", number));
            var unused = producer.send(market.wire().tickRecord("AAPL", tick));
        }
        producer.flush();
    }

    private static KafkaProducer<byte[], byte[]> transactionalProducer(Market market) {
        return new KafkaProducer<>(
                market.kafka()
                        .client(
                                "transactional",
                                Map.of(
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                        market.topics().transactionalId("test", "ticks"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
