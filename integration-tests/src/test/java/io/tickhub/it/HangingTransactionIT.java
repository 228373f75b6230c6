package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.model.PriceStats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transaction that the cluster has forgotten holds nobody back for ever. */
@Timeout(180)
class HangingTransactionIT {

    private static final String GHOST = "ghost";

    /** As the brokers' transaction coordinators choose it. */
    private static final int PARTITION_OF_GHOST = Math.floorMod(GHOST.hashCode(), 10);

    @Test
    void theStatisticsGoOn() {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            market.list("AAPL");
            // It makes the system's topics.
            market.startAggregator("aggregator-1").close();
            leaveOpen(market);
            forget(market);
            broker.restart();
            assertThat(market.wire()
                            .isHeldBack(market.topics().aggregatorState().name()))
                    .as("a transaction hangs")
                    .isTrue();

            market.startHub("hub-1");
            market.startAggregator("aggregator-2");
            market.publish("AAPL", 10);

            MarketDataClient alice = market.connect("alice");
            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 10, "counted to 10");
            assertThat(stats.count()).isEqualTo(10);
            assertThat(market.wire()
                            .isHeldBack(market.topics().aggregatorState().name()))
                    .as("a transaction hangs still")
                    .isFalse();
        }
    }

    /** On each partition of the table that owners read before they serve. */
    private static void leaveOpen(Market market) {
        try (KafkaProducer<byte[], byte[]> ghost = producer(
                market,
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        GHOST,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        600_000))) {
            ghost.initTransactions();
            ghost.beginTransaction();
            for (int partition = 0;
                    partition < market.topics().aggregatorState().partitions();
                    partition++) {
                var unused = ghost.send(new ProducerRecord<>(
                        market.topics().aggregatorState().name(), partition, RawRequest.utf8("GHOST"), null));
            }
            ghost.flush();
            ghost.close(Duration.ZERO);
        }
    }

    /** Deletes the coordinator's memory of it, as only a broker's bug does. */
    private static void forget(Market market) {
        byte[] id = GHOST.getBytes(StandardCharsets.UTF_8);
        byte[] key = ByteBuffer.allocate(4 + id.length)
                .putShort((short) 0)
                .putShort((short) id.length)
                .put(id)
                .array();
        // The one name under which a client may write to Kafka's own topics.
        try (KafkaProducer<byte[], byte[]> surgeon =
                producer(market, Map.of(ProducerConfig.CLIENT_ID_CONFIG, "__admin_client"))) {
            var unused = Wire.await(surgeon.send(
                    new ProducerRecord<>(Topic.TRANSACTION_STATE_TOPIC_NAME, PARTITION_OF_GHOST, key, null)));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Market market, Map<String, Object> properties) {
        return new KafkaProducer<>(
                market.kafka().client("surgeon", properties), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
