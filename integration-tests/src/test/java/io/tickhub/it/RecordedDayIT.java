package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Topics;
import io.tickhub.producer.Replay;
import io.tickhub.producer.ReplaySummary;
import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.replay.Speed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerFirst.class)
@Timeout(180)
class RecordedDayIT {

    @Test
    void aReplayedDayGivesTheFiguresThatAnotherProgramComputed() throws Exception {
        Path folder = RecordedData.folder("bitflyer");
        List<ExpectedDay> days = List.of(new ExpectedDay(folder, "BTC_JPY"), new ExpectedDay(folder, "ETH_BTC"));
        try (Market market = Market.open()) {
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");

            ReplaySummary summary = replay(market, days);

            assertThat(summary.published().unacknowledged()).isZero();
            List<PriceStats> all = new ArrayList<>();
            for (ExpectedDay day : days) {
                long end = market.wire().end(day.symbol());
                all.add(market.awaitStats(
                        alice, day.symbol(), stats -> stats.asOf() == end, "everything counted up to offset " + end));
            }
            assertThat(alice.statistics()).isEqualTo(all);
            for (int i = 0; i < days.size(); i++) {
                days.get(i).assertSame(all.get(i));
                assertCoversItsOffsets(all.get(i));
                assertDeadLetters(market, days.get(i));
            }
        }
    }

    private static ReplaySummary replay(Market market, List<ExpectedDay> days) throws InterruptedException {
        ReplayConfig config = new ReplayConfig(
                days.stream().map(ExpectedDay::file).toList(),
                Optional.empty(),
                Speed.MAX,
                ReplayConfig.StartAt.BEGINNING,
                "replay");
        return new Replay(market.kafka(), config, Topics.TICK_RETENTION).run();
    }

    private static void assertCoversItsOffsets(PriceStats stats) {
        assertThat(stats.since()).isZero();
        assertThat(stats.count() + stats.rejected() + stats.missed() + stats.skipped())
                .as("offsets accounted for of %s", stats.symbol())
                .isEqualTo(stats.asOf() - stats.since());
    }

    private static void assertDeadLetters(Market market, ExpectedDay day) throws Exception {
        Map<String, String> rows = new TreeMap<>();
        String file = day.file().getFileName().toString();
        for (ConsumerRecord<byte[], byte[]> letter :
                TopicLog.of(market).read(market.topics().deadLetters().name())) {
            String row = HeaderText.of(letter, Headers.ROW);
            if (row.startsWith(file)) {
                assertThat(HeaderText.of(letter, Headers.REASON)).isEqualTo(DeadLetterReason.MISSING_FIELD.name());
                assertThat(HeaderText.of(letter, Headers.TOPIC))
                        .isEqualTo(market.wire().tickTopic(day.symbol()));
                rows.put(row, new String(letter.value(), StandardCharsets.UTF_8));
            }
        }
        assertThat(rows).hasSize(Math.toIntExact(day.rejectedRows())).isEqualTo(day.rowsWithoutTime());
    }
}
