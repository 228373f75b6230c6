package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example in Node.js, which was written from the protocol's page, shows what was published. */
@ExtendWith(BrokerFirst.class)
class NodeExampleIT {

    private static final int BEFORE = 5;
    private static final int TICKS = 15;

    @Test
    @Timeout(180)
    void itPrintsEveryTickOnceFromTheSnapshotOn(@TempDir Path folder) throws IOException, InterruptedException {
        NodeExample.install(folder);
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            market.list("AAPL", "EUR/USD");
            market.publish("AAPL", BEFORE);
            NodeExample example =
                    market.own(NodeExample.start(folder, market.environment("unused"), "AAPL", "EUR/USD"));
            awaitASecondTry(market);

            market.startAggregator("aggregator-1");
            awaitSnapshot(market);
            market.startHub("hub-1");
            example.awaitLines(2, ".* from \\d+, before it .*", "both symbols are subscribed");
            assertThat(example.lines())
                    .containsExactly(
                            "AAPL from 5, before it 5 ticks, average 3", "EUR/USD from 0, before it nothing counted");
            market.publish("AAPL", TICKS);
            market.publishBroken("AAPL", "no tick");
            market.publish("EUR/USD", TICKS);
            example.awaitLines(2 * TICKS, "\\S+@\\d+ .*", "all ticks are printed");

            assertThat(example.interrupt()).isZero();
            List<String> printed = example.lines();
            assertThat(ticks(printed, "AAPL")).isEqualTo(published("AAPL", BEFORE));
            assertThat(ticks(printed, "EUR/USD")).isEqualTo(published("EUR/USD", 0));
            assertThat(printed).filteredOn(line -> line.contains(" ENDED ")).hasSize(2);
            assertThat(market.connect("observer").subscriptions())
                    .as("a command that was sent twice has one effect, and Ctrl-C ends what it made")
                    .hasSize(2)
                    .allMatch(held -> held.end().isPresent());
        }
    }

    /** No hub is there yet: the client sends its SUBSCRIBE again, with the same correlation id. */
    private static void awaitASecondTry(Market market) {
        List<ConsumerRecord<byte[], byte[]>> tries = TopicLog.of(market)
                .await(market.topics().commands().name(), 2, any -> true, "a second try of SUBSCRIBE");
        assertThat(tries.stream()
                        .map(each -> HeaderText.of(each, Headers.CORRELATION_ID))
                        .distinct())
                .hasSize(1);
    }

    private static void awaitSnapshot(Market market) {
        var unused = TopicLog.of(market)
                .await(
                        market.topics().stats().name(),
                        1,
                        stats -> Json.read(stats.value(), PriceStats.class).count() == BEFORE,
                        "the statistics of the ticks before");
    }

    private static List<String> ticks(List<String> printed, String symbol) {
        return printed.stream().filter(line -> line.startsWith(symbol + "@")).toList();
    }

    private static List<String> published(String symbol, int from) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            Tick tick = Market.tick(symbol, from + i + 1);
            lines.add(symbol + "@" + (from + i) + " " + tick.price() + " x " + tick.volume() + " " + tick.timestamp());
        }
        return lines;
    }
}
