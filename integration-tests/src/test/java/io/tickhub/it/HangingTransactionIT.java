package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.model.BarInterval;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
    void whatNobodyDecidedIsAborted() {
        assertEnded(transaction -> null, false);
    }

    @Test
    void whatWasDecidedIsDoneAsItWasDecided() {
        assertEnded(HangingTransactionIT::completeCommit, true);
    }

    @Test
    void hubsHaveTheRightsForItWhereKafkaAsks() {
        Topics topics = Market.newTopics();
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral().withUsersOf(topics));
                Market market = Market.on(broker, topics)) {
            assertEnded(broker, market, HangingTransactionIT::completeCommit, true);
        }
    }

    /** @param memory what the coordinator is made to remember of the transaction instead of it, null for nothing */
    private static void assertEnded(Function<TransactionDescription, byte[]> memory, boolean committed) {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            assertEnded(broker, market, memory, committed);
        }
    }

    private static void assertEnded(
            LocalBroker broker, Market market, Function<TransactionDescription, byte[]> memory, boolean committed) {
        market.list("AAPL");
        // It makes the system's topics.
        market.startAggregator("aggregator-1").close();
        leaveOpen(market);
        remember(market, memory.apply(market.wire().transaction(GHOST)));
        broker.restart();
        String table = market.topics().aggregatorState().name();
        String bars = bars(market);
        assertThat(List.of(table, bars)).as("a transaction hangs").allMatch(market.wire()::isHeldBack);

        market.startHub("hub-1");
        market.startAggregator("aggregator-2");
        market.publish("AAPL", 10);

        MarketDataClient alice = market.connect("alice");
        PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 10, "counted to 10");
        assertThat(stats.count()).isEqualTo(10);
        Market.await(
                "no transaction hangs",
                () -> !market.wire().isHeldBack(table) && !market.wire().isHeldBack(bars));
        assertThat(TopicLog.of(market).read(table).stream()
                        .anyMatch(record -> Arrays.equals(record.key(), RawRequest.utf8(GHOST))))
                .as("its records are there")
                .isEqualTo(committed);
    }

    private static String bars(Market market) {
        return market.topics().bars(BarInterval.parse("1s")).name();
    }

    /** On each partition of the table that owners read before they serve, and where bars are. */
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
            List<TopicPartition> written = new ArrayList<>(List.of(new TopicPartition(bars(market), 0)));
            Topics.Spec table = market.topics().aggregatorState();
            for (int partition = 0; partition < table.partitions(); partition++) {
                written.add(new TopicPartition(table.name(), partition));
            }
            for (TopicPartition each : written) {
                var unused =
                        ghost.send(new ProducerRecord<>(each.topic(), each.partition(), RawRequest.utf8(GHOST), null));
            }
            ghost.flush();
            ghost.close(Duration.ZERO);
        }
    }

    /** Changes what the coordinator remembers of it, as only a broker's bug does. */
    private static void remember(Market market, byte[] value) {
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
                    new ProducerRecord<>(Topic.TRANSACTION_STATE_TOPIC_NAME, PARTITION_OF_GHOST, key, value)));
        }
    }

    /** The record of a transaction that is complete, in Kafka's first form. */
    private static byte[] completeCommit(TransactionDescription open) {
        byte completeCommit = 4;
        int noPartitions = 0;
        return ByteBuffer.allocate(37)
                .putShort((short) 0)
                .putLong(open.producerId())
                .putShort((short) (open.producerEpoch() + 1))
                .putInt((int) open.transactionTimeoutMs())
                .put(completeCommit)
                .putInt(noPartitions)
                .putLong(System.currentTimeMillis())
                .putLong(System.currentTimeMillis())
                .array();
    }

    private static KafkaProducer<byte[], byte[]> producer(Market market, Map<String, Object> properties) {
        return new KafkaProducer<>(
                market.kafka().client("surgeon", properties), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
