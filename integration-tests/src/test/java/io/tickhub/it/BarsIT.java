package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.verify.BarRules;
import io.tickhub.client.verify.Verdict;
import io.tickhub.client.verify.Verification;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bars are those of the ticks in the log, whatever happens to aggregators, and final ones for ever. */
@ExtendWith(BrokerFirst.class)
@Timeout(180)
class BarsIT {

    private static final Instant OPENING = Instant.parse("2026-01-05T14:30:00Z");
    private static final BarInterval MINUTE = BarInterval.parse("1m");
    private static final BarRules USUAL = new BarRules(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final TickCodec codec = new TickCodec();
    private long number;

    @Test
    void barsAreServedFinalRevisedAndClosedByTheClock() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1", "TICKHUB_BAR_LATENESS", "1s");
            MarketDataClient alice = market.connect("alice");
            trade(market, "AAPL", "10", OPENING);
            trade(market, "AAPL", "12", OPENING.plusSeconds(59));
            trade(market, "AAPL", "13", OPENING.plusSeconds(61));

            Bar first = awaitBar(alice, "AAPL", MINUTE, OPENING, Bar.State.FINAL, 0);
            assertThat(first.close()).isEqualByComparingTo("12");
            assertThat(first.vwap()).isEqualByComparingTo("11");
            trade(market, "AAPL", "14", OPENING.plusSeconds(58));
            assertThat(awaitBar(alice, "AAPL", MINUTE, OPENING, Bar.State.FINAL, 1)
                            .high())
                    .isEqualByComparingTo("14");
            Instant second = OPENING.plusSeconds(60);
            awaitBar(alice, "AAPL", MINUTE, second, Bar.State.PROVISIONAL, 0);
            trade(market, "AAPL", "15", OPENING.plusSeconds(62));
            awaitBar(alice, "AAPL", MINUTE, second, Bar.State.OPEN, 0);

            assertThat(alice.bars(new Symbol("AAPL"), MINUTE, 1))
                    .extracting(Bar::start)
                    .containsExactly(second);
            assertThat(alice.bars(new Symbol("AAPL"), MINUTE, OPENING, second))
                    .extracting(Bar::start)
                    .containsExactly(OPENING);
            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.bars(new Symbol("AAPL"), BarInterval.parse("2m"), 1))
                    .withMessageContaining("only of 1s, 1m, 5m, 1h, 1d");
            assertThatExceptionOfType(HubErrorException.class)
                    .isThrownBy(() -> alice.bars(new Symbol("APPL"), MINUTE, 1))
                    .withMessageContaining("APPL");
            assertThat(verify(market, "AAPL", new BarRules(Duration.ofSeconds(1), Duration.ofSeconds(20)))
                            .isClean())
                    .isTrue();
        }
    }

    @Test
    void aTickThatNoBarCanTakeIsADeadLetter() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            trade(market, "AAPL", "10", OPENING);
            trade(market, "AAPL", "11", OPENING.minus(Duration.ofDays(3)));

            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 2, "both are dealt with");
            assertThat(stats.count()).isEqualTo(1);
            assertThat(stats.rejected()).isEqualTo(1);
            List<ConsumerRecord<byte[], byte[]>> letters = TopicLog.of(market)
                    .await(market.topics().deadLetters().name(), 1, letter -> true, "the late tick's letter");
            assertThat(HeaderText.of(letters.getFirst(), Headers.REASON)).isEqualTo("TOO_LATE");
            assertThat(verify(market, "AAPL", USUAL).isClean()).isTrue();
        }
    }

    /** An old one may be longer than that which was made in its place, and an aggregator tells them apart. */
    @Test
    void aTopicThatIsNotTheOneThatWasCountedIsNotChecked() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");
            for (int second = 0; second < 3; second++) {
                trade(market, "AAPL", "10", OPENING.plusSeconds(second));
                trade(market, "MSFT", "11", OPENING.plusSeconds(second));
            }
            awaitCounted(market, alice, "AAPL");
            awaitCounted(market, alice, "MSFT");
            market.stop("aggregator-1");
            market.wire().deleteTopic(market.wire().tickTopic("AAPL"));
            market.list("AAPL");
            trade(market, "AAPL", "12", OPENING);

            assertThat(verify(market, "AAPL", USUAL).extent()).isEqualTo(Verdict.Extent.GONE);
            assertThat(verify(market, "MSFT", USUAL).extent()).isEqualTo(Verdict.Extent.WHOLE);
        }
    }

    @Test
    void aSessionIsClosedByTheFirstTickBehindItsReset() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1", "TICKHUB_SESSION_RESET", "14:31");
            MarketDataClient alice = market.connect("alice");
            trade(market, "AAPL", "10", OPENING);
            trade(market, "AAPL", "12", OPENING.plusSeconds(59));
            trade(market, "AAPL", "13", OPENING.plusSeconds(60));
            trade(market, "AAPL", "14", OPENING.plusSeconds(58));

            PriceStats stats = market.awaitStats(alice, "AAPL", found -> found.asOf() == 4, "all are counted");
            assertThat(stats.since()).isEqualTo(2);
            assertThat(stats.count()).isEqualTo(2);
            List<ConsumerRecord<byte[], byte[]>> sessions =
                    TopicLog.of(market).read(market.topics().sessions().name());
            PriceStats closed = Json.read(sessions.getFirst().value(), PriceStats.class);
            assertThat(sessions).hasSize(1);
            assertThat(closed.asOf()).isEqualTo(2);
            assertThat(closed.lastPrice()).isEqualByComparingTo("12");
            Verdict verdict = verify(market, "AAPL", USUAL);
            assertThat(verdict.sentences()).isEmpty();
            assertThat(verdict.ticks()).isEqualTo(2);
            assertThat(verdict.isWhole()).isTrue();
        }
    }

    @Test
    void aKilledAggregatorAndAReplayOfTheLogGiveTheSameFinalBars() {
        String[] symbols = {"AAPL", "MSFT", "EUR/USD"};
        try (Market market = Market.open();
                Market again = Market.open()) {
            market.list(symbols);
            market.startHub("hub-1");
            ServiceProcess killed = market.fork(Role.AGGREGATOR, "aggregator-1");
            MarketDataClient alice = market.connect("alice");
            Random random = new Random(5);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                sent.add(random(market, symbols[i % symbols.length], i, random));
                if (i == 1_500) {
                    sent.forEach(Wire::await);
                    killed.kill();
                    market.startAggregator("aggregator-2");
                }
            }
            sent.forEach(Wire::await);

            again.list(symbols);
            again.startHub("hub-1");
            again.startAggregator("aggregator-1");
            for (String symbol : symbols) {
                copyTicks(market, again, symbol);
            }
            for (String symbol : symbols) {
                awaitCounted(market, alice, symbol);
                awaitCounted(again, again.connect("bob" + symbol.length()), symbol);
                Verdict verdict = verify(market, symbol, USUAL);
                assertThat(verdict.sentences()).isEmpty();
                assertThat(verdict.isWhole()).isTrue();
                assertThat(verdict.ticks()).isGreaterThan(900);
                assertThat(verdict.bars()).isGreaterThan(100);
                for (BarInterval interval : BarInterval.USUAL) {
                    assertThat(finalBars(again, symbol, interval))
                            .as("final bars of %s of %s after a replay", interval, symbol)
                            .isEqualTo(finalBars(market, symbol, interval));
                }
            }
        }
    }

    private static void awaitCounted(Market market, MarketDataClient client, String symbol) {
        long end = market.wire().end(symbol);
        var unused =
                market.awaitStats(client, symbol, stats -> stats.asOf() == end, "counted to the end, offset " + end);
    }

    /** Each final bar as it is now, by start; only the id of the topic differs from log to log. */
    private static Map<Instant, Bar> finalBars(Market market, String symbol, BarInterval interval) {
        Map<Instant, Bar> bars = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TopicLog.of(market).read(market.topics().bars(interval).name())) {
            Bar bar = Json.read(record.value(), Bar.class);
            if (bar.symbol().name().equals(symbol)) {
                bars.put(bar.start(), withoutTopic(bar));
            }
        }
        bars.values().removeIf(bar -> bar.state() != Bar.State.FINAL);
        return bars;
    }

    private static Bar withoutTopic(Bar bar) {
        return Json.readWith("topicId", "any", Json.write(bar), Bar.class);
    }

    private static Verdict verify(Market market, String symbol, BarRules rules) {
        try (Verification verification = Verification.connect(market.kafka(), rules)) {
            return verification.verify(
                    verification.statistics().get(new Symbol(symbol)), OptionalLong.empty(), read -> {});
        }
    }

    private static Bar awaitBar(
            MarketDataClient client,
            String symbol,
            BarInterval interval,
            Instant start,
            Bar.State state,
            long revision) {
        List<Bar> found = new ArrayList<>();
        Market.await(
                symbol + "'s bar of " + interval + " at " + start + " is " + state + " in revision " + revision, () -> {
                    found.clear();
                    client.bars(new Symbol(symbol), interval, start, start.plus(interval.length())).stream()
                            .filter(bar -> bar.state() == state && bar.revision() == revision)
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    private void trade(Market market, String symbol, String price, Instant time) {
        Wire.await(send(market, symbol, new BigDecimal(price), BigDecimal.ONE, time));
    }

    /** One in ten ticks is late, some so late that they are in no bar of a second. */
    private Future<RecordMetadata> random(Market market, String symbol, int position, Random random) {
        long late = random.nextInt(10) == 0 ? random.nextInt(40_000) : 0;
        return send(
                market,
                symbol,
                BigDecimal.valueOf(random.nextInt(1, 1_000_000), random.nextInt(6)),
                BigDecimal.valueOf(random.nextInt(1_000), random.nextInt(3)),
                OPENING.plusMillis(position * 100L - late));
    }

    private Future<RecordMetadata> send(
            Market market, String symbol, BigDecimal price, BigDecimal volume, Instant time) {
        number++;
        byte[] tick = codec.encode(new Tick(new Symbol(symbol), price, volume, time, "test", Long.toString(number)));
        return market.wire().send(market.wire().tickRecord(symbol, tick));
    }

    private static void copyTicks(Market from, Market to, String symbol) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TopicLog.of(from).read(from.wire().tickTopic(symbol))) {
            sent.add(to.wire().send(to.wire().tickRecord(symbol, record.value())));
        }
        sent.forEach(Wire::await);
    }
}
