package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker is away while 20,000 ticks a second want to be published, until all buffers are full. */
@Timeout(240)
class OutageIT {

    private static final Logger LOG = LoggerFactory.getLogger(OutageIT.class);

    /** More than the producer's buffer holds at this rate. */
    private static final Duration AWAY = Duration.ofSeconds(Long.getLong("outage", 12));

    private static final Duration DEAD = Duration.ofSeconds(3);

    private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "TSLA");
    private static final int RATE = 20_000;

    /** Of the 256 MB that a process has; the producer's buffer is 32 MB. */
    private static final int MOST_MEGABYTES = 64;

    private static final int MOST_MEGABYTES_BUFFERED = 128;

    @Test
    void theSourceWaitsAndWhatWasAcknowledgedIsCountedOnce() throws InterruptedException {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            Vitals hub = Vitals.of(market.fork(Role.HUB, "outage-hub", Vitals.SERVED));
            Vitals aggregator = Vitals.of(market.fork(Role.AGGREGATOR, "outage-aggregator", Vitals.SERVED));
            ServiceProcess source = market.fork(
                    Role.PRODUCER,
                    "outage-producer",
                    Vitals.SERVED[0],
                    Vitals.SERVED[1],
                    "TICKHUB_SYMBOLS",
                    String.join(",", SYMBOLS),
                    "TICKHUB_RATE",
                    Integer.toString(RATE));
            Vitals producer = Vitals.of(source);
            awaitTicks(producer, 2L * RATE);

            // First it hangs, and the producer's buffer fills. Then it is dead, and the producer forgets what it knew
            // of it.
            broker.pause();
            Thread.sleep(AWAY);
            double waiting = producer.metric("tickhub_producer_waiting_records");
            LOG.info("After {} s {} records wait", AWAY.toSeconds(), waiting);
            assertThat(List.of(producer, hub, aggregator))
                    .as("nothing works without the broker")
                    .noneMatch(Vitals::isReady);
            producer.assertHeapBelow(MOST_MEGABYTES_BUFFERED);
            assertThat(waiting)
                    .as("the buffer is full")
                    .isPositive()
                    .isEqualTo(producer.metric("tickhub_producer_waiting_records"));
            hub.assertHeapBelow(MOST_MEGABYTES);
            aggregator.assertHeapBelow(MOST_MEGABYTES);
            broker.kill();
            Thread.sleep(DEAD);
            broker.restart();

            awaitTicks(producer, (long) producer.metric("tickhub_producer_ticks_total") + (long) waiting + 2L * RATE);
            Market.await("all work again", () -> producer.isReady() && hub.isReady() && aggregator.isReady());
            assertThat(producer.metric("tickhub_producer_given_up_seconds_total"))
                    .isPositive();
            assertThat(producer.logged("does not take records")).hasSize(1);
            assertThat(producer.logged("takes records again")).hasSize(1);
            source.terminate();
            assertThat(source.ended()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);

            MarketDataClient alice = market.connect("alice");
            SYMBOLS.forEach(symbol -> assertCountedOnce(market, alice, symbol));
            hub.assertHeapBelow(MOST_MEGABYTES);
            aggregator.assertHeapBelow(MOST_MEGABYTES);
        }
    }

    private static void awaitTicks(Vitals producer, long ticks) {
        Market.await(ticks + " ticks are published", () -> producer.metric("tickhub_producer_ticks_total") >= ticks);
    }

    /** The simulator gives each symbol's ticks ids that count up from 1. */
    private static void assertCountedOnce(Market market, MarketDataClient alice, String symbol) {
        long end = market.wire().end(symbol);
        PriceStats counted = market.awaitStats(alice, symbol, stats -> stats.asOf() == end, "counted to " + end);
        assertThat(counted.count()).as("ticks of %s", symbol).isEqualTo(end);
        TickCodec codec = new TickCodec();
        List<Long> ids = TopicLog.of(market).read(market.wire().tickTopic(symbol)).stream()
                .map(record -> id(codec, symbol, record))
                .toList();
        assertThat(ids)
                .as("ids of %s", symbol)
                .isEqualTo(LongStream.rangeClosed(1, end).boxed().toList());
    }

    private static long id(TickCodec codec, String symbol, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(new Symbol(symbol), record.value(), Instant.ofEpochMilli(record.timestamp()))
                        instanceof Decoded.Valid valid
                ? Long.parseLong(valid.tick().id())
                : -1;
    }
}
