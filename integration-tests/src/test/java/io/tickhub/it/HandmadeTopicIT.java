package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics and ticks that somebody else's program made. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class HandmadeTopicIT {

    /** Consumers left alone notice a new topic after minutes. */
    private static final Duration QUICKLY = Duration.ofSeconds(10);

    @Test
    void aBrokenLineGoesToTheDeadLettersAndNothingStops() {
        try (Market market = Market.open()) {
            Service hub = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            market.wire().createTopic(market.wire().tickTopic("HAND"), 1);

            write(market, line("187.25"));
            market.awaitStats(alice, "HAND", stats -> stats.count() == 1, "the tick written by hand is counted");
            long broken = write(market, "{\"symbol\":\"HAND\",\"price\":");
            write(market, line("188"));

            PriceStats stats = market.awaitStats(alice, "HAND", found -> found.asOf() == 3, "all three are dealt with");
            assertThat(stats.count()).isEqualTo(2);
            assertThat(stats.rejected()).isEqualTo(1);
            Recount.proves(market, stats);
            ConsumerRecord<byte[], byte[]> letter = TopicLog.of(market)
                    .await(market.topics().deadLetters().name(), 1, any -> true, "a dead letter")
                    .get(0);
            assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"symbol\":\"HAND\",\"price\":");
            assertThat(HeaderText.of(letter, Headers.TOPIC))
                    .isEqualTo(market.wire().tickTopic("HAND"));
            assertThat(HeaderText.of(letter, Headers.PARTITION)).isEqualTo("0");
            assertThat(HeaderText.of(letter, Headers.OFFSET)).isEqualTo(Long.toString(broken));
            assertThat(HeaderText.of(letter, Headers.REASON)).isEqualTo(DeadLetterReason.NOT_JSON.name());
            assertThat(HeaderText.of(letter, Headers.SERVICE)).isEqualTo("aggregator-1");
            assertThat(HeaderText.of(letter, "written-by"))
                    .as("the original's header")
                    .isEqualTo("hand");
            assertThat(hub.ended()).isNotDone();
            assertThat(aggregator.ended()).isNotDone();
        }
    }

    @Test
    void aTopicWithTwoPartitionsIsRefusedAndHarmsNobody() {
        try (Market market = Market.open()) {
            Service hub = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");
            market.list("AAPL");
            market.wire().createTopic(market.wire().tickTopic("WIDE"), 2);
            market.publish("WIDE", 10);
            MarketDataClient alice = market.connect("alice");

            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.subscribe("WIDE"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNUSABLE_SYMBOL))
                    .withMessageContaining("2 partitions");

            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            market.publish("AAPL", 20);
            market.awaitStats(alice, "AAPL", stats -> stats.count() == 20, "the other symbol is counted");
            Map<Symbol, Long> ends = alice.unsubscribe("AAPL");
            reader.provesRange("AAPL", ends.get(new Symbol("AAPL")));
            assertThat(alice.symbols()).containsExactly(new Symbol("AAPL"));
            assertThat(alice.statistics("WIDE")).isEmpty();
            assertThat(hub.ended()).isNotDone();
            assertThat(aggregator.ended()).isNotDone();
        }
    }

    @Test
    void aNewSymbolIsServedQuicklyWhileOthersAreRead() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL", "MSFT"));
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL", "MSFT")) {
                trading.start();
                Market.await("ticks flow", () -> reader.ticks("MSFT").size() > 10);

                long begun = System.nanoTime();
                market.wire().createTopic(market.wire().tickTopic("NEW"), 1);
                market.publish("NEW", 3);
                MarketDataClient bob = market.connect("bob");
                RangeReader fresh = RangeReader.reading(market, bob.subscribe("NEW"));
                market.publish("NEW", 5);
                Market.await("ticks of the new symbol", () -> fresh.ticks("NEW").size() >= 5);
                market.awaitStats(bob, "NEW", stats -> stats.count() == 8, "all ticks of the new symbol counted");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(QUICKLY);

                fresh.provesRange("NEW", bob.unsubscribe("NEW").get(new Symbol("NEW")));
            }
            Map<Symbol, Long> ends = alice.unsubscribe("AAPL", "MSFT");
            reader.provesRange("AAPL", ends.get(new Symbol("AAPL")));
            reader.provesRange("MSFT", ends.get(new Symbol("MSFT")));
        }
    }

    private static String line(String price) {
        return "{\"symbol\":\"HAND\",\"price\":\"" + price
                + "\",\"volume\":2,\"timestamp\":\"2026-11-20T14:30:00.123456Z\"}";
    }

    /** As the console producer does: no key. */
    private static long write(Market market, String line) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(market.wire().tickTopic("HAND"), null, line.getBytes(StandardCharsets.UTF_8));
        record.headers().add("written-by", "hand".getBytes(StandardCharsets.UTF_8));
        return market.wire().write(record).offset();
    }
}
