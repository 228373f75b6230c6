package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.Covers;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A hub with a small heap stays well within it, whatever clients do; what it refuses is counted, and told once. */
@ExtendWith(BrokerFirst.class)
@Timeout(90)
class PressureIT {

    /** Of the 256 MB that a process has. */
    private static final int MOST_MEGABYTES = 64;

    private static final int MOST_LINES = 5;
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final int MANY = 30_000;
    private static final int LONG_TICK_BYTES = 10_000;

    @Test
    void aSubscriberThatDoesNotReadHoldsUpNobodyAndLosesNothing() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            ServiceProcess hub = market.fork(Role.HUB, "unread", Vitals.SERVED);
            MarketDataClient idle = market.connect(market.config("idle").withBufferCapacity(1_000));
            Subscription unread = idle.subscribe("AAPL");

            publishToReader(market, MANY);
            long end = idle.unsubscribe("AAPL").get(AAPL);

            assertThat(end).isEqualTo(MANY);
            RangeReader.reading(market, unread).provesRange("AAPL", end);
            Vitals.of(hub).assertHeapBelow(MOST_MEGABYTES);
        }
    }

    @Test
    void aSubscriberThatDoesNotReadIsToldWhatRetentionDeleted() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            MarketDataClient idle = market.connect(market.config("idle").withBufferCapacity(1_000));
            Subscription unread = idle.subscribe("AAPL");

            publishToReader(market, MANY);
            market.wire().deleteRecords(feed(idle), MANY - 100);
            publishToReader(market, 100);
            long end = idle.unsubscribe("AAPL").get(AAPL);

            List<MarketEvent> events = new ArrayList<>();
            unread.events(Duration.ofSeconds(30)).forEach(events::add);
            long missing = 0;
            long next = 0;
            for (MarketEvent event : events) {
                assertThat(event.covers().from()).as("the ranges join").isEqualTo(next);
                next = event.covers().to();
                missing +=
                        event instanceof MarketEvent.Gap ? next - event.covers().from() : 0;
            }
            assertThat(next).as("the end of the last range").isEqualTo(end);
            // It has what lay in its own buffer and was fetched ahead, a part only; else nothing had been refused.
            assertThat(missing).as("ticks that were deleted").isBetween(MANY / 2L, (long) MANY);
        }
    }

    @Test
    void aThousandSubscriptionsGetEachTickOnce() {
        String[] symbols =
                IntStream.range(0, 20).mapToObj(number -> "S" + number).toArray(String[]::new);
        int clients = 50;
        int ticks = 100;
        try (Market market = Market.open()) {
            market.list(symbols);
            ServiceProcess hub = market.fork(Role.HUB, "crowded", Vitals.SERVED);
            Vitals vitals = Vitals.of(hub);

            List<String> feeds = subscribeAll(market, clients, symbols);
            for (String symbol : symbols) {
                market.publish(symbol, ticks);
            }

            int copies = clients * symbols.length * ticks;
            Market.await(copies + " ticks are copied", () -> vitals.metric("tickhub_hub_feed_records_total") >= copies);
            feeds.forEach(feed -> assertCovered(market, feed, symbols.length, ticks));
            vitals.assertHeapBelow(MOST_MEGABYTES);
        }
    }

    @Test
    void aFloodOfCommandsIsAnsweredOrExpiresAndIsCounted() {
        int late = 10_000;
        int inTime = 35_000;
        int broken = 5_000;
        try (Market market = Market.open()) {
            market.list("AAPL");
            ServiceProcess hub = market.fork(Role.HUB, "flooded", Vitals.SERVED);
            Vitals vitals = Vitals.of(hub);
            List<Future<RecordMetadata>> sent = new ArrayList<>();

            hub.pause();
            for (int i = 0; i < late; i++) {
                sent.add(command(market, i, "PING")
                        .header(Headers.TIME_TO_LIVE, "1")
                        .replyTo("late-" + i)
                        .sendAsync());
            }
            sent.forEach(Wire::await);
            hub.resume();
            for (int i = 0; i < inTime; i++) {
                RawRequest request =
                        switch (i % 20) {
                            case 0 -> subscribe(market, i, "NO-SUCH-SYMBOL");
                            case 1, 2 -> RawRequest.of(market, "client-" + i, "no JSON");
                            case 3, 4, 5, 6, 7, 8, 9 -> command(market, i, "GET_STATS");
                            default -> command(market, i, "PING");
                        };
                sent.add(request.replyTo("in-time-" + i).sendAsync());
            }
            for (int i = 0; i < broken; i++) {
                sent.add(RawRequest.of(market, "client-" + i, "no JSON, and nobody to be told")
                        .sendAsync());
            }
            sent.forEach(Wire::await);

            List<ConsumerRecord<byte[], byte[]>> replies = TopicLog.of(market)
                    .await(
                            market.topics().replies().name(),
                            inTime,
                            reply -> correlation(reply).startsWith("in-time-"),
                            "replies to all that somebody waits for");
            assertThat(replies).extracting(PressureIT::correlation).doesNotHaveDuplicates();
            var unused = TopicLog.of(market)
                    .await(market.topics().deadLetters().name(), broken, letter -> true, "what nobody can answer");
            long answeredLate = TopicLog.of(market)
                    .read(market.topics().replies().name())
                    .stream()
                    .filter(reply -> correlation(reply).startsWith("late-"))
                    .count();
            assertThat(vitals.metric("tickhub_hub_commands_expired_total"))
                    .as("dropped and counted")
                    .isPositive()
                    .isEqualTo((double) (late - answeredLate));
            assertThat(vitals.logged("nobody waits for the replies")).hasSizeBetween(1, MOST_LINES);
            vitals.assertHeapBelow(MOST_MEGABYTES);
        }
    }

    @Test
    void repliesToNowhereAreCountedAndToldOnce() {
        int addresses = 10_000;
        try (Market market = Market.open()) {
            ServiceProcess hub = market.fork(Role.HUB, "misled", Vitals.SERVED);
            Vitals vitals = Vitals.of(hub);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < addresses; i++) {
                sent.add(command(market, i, "PING")
                        .header(Headers.REPLY_TOPIC, market.topics().replies().name() + ".x" + i)
                        .sendAsync());
            }
            sent.forEach(Wire::await);

            Market.await(
                    "all are refused", () -> vitals.metric("tickhub_hub_replies_undeliverable_total") == addresses);
            vitals.assertHeapBelow(MOST_MEGABYTES);
            assertThat(vitals.logged("no topic or partition")).hasSizeBetween(1, MOST_LINES);
        }
    }

    @Test
    void aBacklogOfManySymbolsIsCountedWithinTheHeap() {
        String[] symbols =
                IntStream.range(0, 300).mapToObj(number -> "S" + number).toArray(String[]::new);
        int megabytes = 320;
        int records = megabytes * 1024 * 1024 / LONG_TICK_BYTES / symbols.length;
        // A broker of its own: what it is to take would hold up others on the shared one.
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            market.list(symbols);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String symbol : symbols) {
                for (int i = 0; i < records; i++) {
                    sent.add(market.wire().send(market.wire().tickRecord(symbol, longTick(symbol, i))));
                }
            }
            sent.forEach(Wire::await);

            Vitals vitals = Vitals.of(market.fork(Role.AGGREGATOR, "behind", Vitals.SERVED));

            Market.await(
                    "all is counted",
                    () -> vitals.metric("tickhub_aggregator_ticks_total") == records * symbols.length);
            vitals.assertHeapBelow(MOST_MEGABYTES);
        }
    }

    private static String feed(MarketDataClient client) {
        return client.subscriptions().stream()
                .filter(held -> held.client().equals(client.config().client()))
                .findFirst()
                .orElseThrow()
                .feed();
    }

    private static void publishToReader(Market market, int ticks) {
        try (MarketDataClient busy = MarketDataClient.connect(market.config("busy"))) {
            RangeReader reader = RangeReader.reading(market, busy.subscribe("AAPL"));
            market.publish("AAPL", ticks);
            Market.await(
                    "a subscriber that reads has all",
                    () -> reader.ticks("AAPL").size() == ticks);
        }
    }

    private static List<String> subscribeAll(Market market, int clients, String... symbols) {
        for (int i = 0; i < clients; i++) {
            var unused = subscribe(market, i, symbols).replyTo("subscribe-" + i).sendAsync();
        }
        return TopicLog.of(market)
                .await(market.topics().replies().name(), clients, reply -> true, clients + " replies to SUBSCRIBE")
                .stream()
                .map(reply -> ((Reply.Subscribed) Json.read(reply.value(), Reply.class))
                        .feed()
                        .orElseThrow())
                .toList();
    }

    private static void assertCovered(Market market, String feed, int subscriptions, long end) {
        Map<String, Long> nextBySymbol = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicLog.of(market).read(feed)) {
            Covers covers = Covers.parse(header(record, Headers.COVERS));
            String symbol = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(covers.from())
                    .as("the ranges of %s in %s join", symbol, feed)
                    .isEqualTo(nextBySymbol.getOrDefault(symbol, 0L));
            nextBySymbol.put(symbol, covers.to());
        }
        assertThat(nextBySymbol).hasSize(subscriptions);
        assertThat(nextBySymbol.values()).containsOnly(end);
    }

    /** Long, because it has a field that nobody knows. */
    private static byte[] longTick(String symbol, int number) {
        return "{\"symbol\":\"%s\",\"price\":\"1.5\",\"volume\":\"1\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"id\":\"%d\",\"note\":\"%s\"}"
                .formatted(symbol, number, "x".repeat(LONG_TICK_BYTES))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static RawRequest command(Market market, int client, String type) {
        return RawRequest.of(
                market, "client-" + client, "{\"type\":\"" + type + "\",\"client\":\"client-" + client + "\"}");
    }

    private static RawRequest subscribe(Market market, int client, String... symbols) {
        return RawRequest.of(
                market,
                "client-" + client,
                "{\"type\":\"SUBSCRIBE\",\"client\":\"client-" + client + "\",\"symbols\":[\""
                        + String.join("\",\"", symbols) + "\"]}");
    }

    private static String correlation(ConsumerRecord<byte[], byte[]> reply) {
        return header(reply, Headers.CORRELATION_ID);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
