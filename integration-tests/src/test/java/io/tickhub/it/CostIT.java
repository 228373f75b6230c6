package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A symbol costs a hub something while somebody subscribes to it, and nothing before and after. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class CostIT {

    @Test
    void ticksThatNobodySubscribesAreNotEvenRead() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            Vitals hub = Vitals.of(market.fork(Role.HUB, "hub-1", Vitals.SERVED));
            MarketDataClient alice = market.connect("alice");
            RangeReader first = RangeReader.reading(market, alice.subscribe("AAPL"));
            market.publish("MSFT", 5_000);
            market.publish("AAPL", 10);
            Market.await("10 ticks of AAPL", () -> first.ticks("AAPL").size() == 10);
            assertThat(read(market, hub))
                    .as("records read with AAPL subscribed")
                    .isEqualTo(10);

            RangeReader second = RangeReader.reading(market, alice.subscribe("MSFT"));
            first.provesRange("AAPL", alice.unsubscribe("AAPL").get(new Symbol("AAPL")));
            market.publish("AAPL", 5_000);
            market.publish("MSFT", 10);
            Market.await("10 ticks of MSFT", () -> second.ticks("MSFT").size() == 10);

            second.provesRange("MSFT", alice.unsubscribe("MSFT").get(new Symbol("MSFT")));
            assertThat(read(market, hub))
                    .as("records read with MSFT subscribed")
                    .isEqualTo(20);
        }
    }

    private static double read(Market market, Vitals hub) {
        String group = market.topics().group("hub");
        return hub.metric("tickhub_worker_records_total", "group=\"" + group + "\"");
    }
}
