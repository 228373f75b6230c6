package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Source;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** No record on a tick topic, however broken, harms the ticks around it. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class HostileTicksIT {

    @Test
    void whatIsNoTickIsToldOnceAndHarmsNoTick() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.wire().createTopic(market.wire().tickTopic("WIDE"), 2);
            Service hub = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL"));
            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.subscribe("WIDE"))
                    .withMessageContaining("2 partitions");

            List<Long> ticks = new ArrayList<>(List.of(market.publish("AAPL", 1)));
            Map<Long, HostileTick> hostile = new HashMap<>();
            for (HostileTick value : HostileTick.all()) {
                hostile.put(
                        market.wire()
                                .write(market.wire().tickRecord("AAPL", value.value()))
                                .offset(),
                        value);
                market.publish("WIDE", 1);
                ticks.add(market.publish("AAPL", 1));
            }

            long end = market.wire().end("AAPL");
            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == end, "all is dealt with");
            assertThat(stats.count()).isEqualTo(ticks.size());
            assertThat(stats.rejected()).isEqualTo(hostile.size());
            assertThat(stats.missed() + stats.skipped()).isZero();
            Recount.proves(market, stats);
            assertDeadLetters(market, hostile);
            reader.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            assertThat(reader.ticks("AAPL"))
                    .extracting(MarketEvent.FeedTick::offset)
                    .isEqualTo(ticks);
            assertThat(alice.statistics("WIDE"))
                    .as("no symbol with two partitions")
                    .isEmpty();
            assertThat(hub.ended()).isNotDone();
            assertThat(aggregator.ended()).isNotDone();
        }
    }

    private static void assertDeadLetters(Market market, Map<Long, HostileTick> hostile) {
        Map<Long, DeadLetter> letters = new HashMap<>();
        try (DeadLetterQueue queue = DeadLetterQueue.connect(market.kafka())) {
            queue.list(any -> true, letter -> {
                assertThat(letter.source().topic()).isEqualTo(market.wire().tickTopic("AAPL"));
                DeadLetter other = letters.put(((Source.Stored) letter.source()).offset(), letter);
                assertThat(other).as("one letter for a record").isNull();
            });
        }
        assertThat(letters).containsOnlyKeys(hostile.keySet());
        hostile.forEach((offset, value) -> {
            DeadLetter letter = letters.get(offset);
            assertThat(letter.reason()).as("%s: %s", value, letter.detail()).isEqualTo(value.reason());
            assertThat(letter.stored().value()).isEqualTo(value.value());
            assertThat(letter.detail()).isNotBlank().hasSizeLessThan(400);
        });
    }
}
