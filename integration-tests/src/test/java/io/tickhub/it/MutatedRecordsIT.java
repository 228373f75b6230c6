package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Source;
import io.tickhub.model.Decoded;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of all kinds, thrown at a running system: every one of them is accounted for. The system property {@code tickhub.seed} gives
 * the same records again.
 */
@ExtendWith(BrokerFirst.class)
@Timeout(300)
class MutatedRecordsIT {

    private static final Logger LOG = LoggerFactory.getLogger(MutatedRecordsIT.class);

    private static final long SEED = Long.getLong("tickhub.seed", System.nanoTime());
    private static final int RECORDS = 100_000;
    private static final int COMMAND_EACH = 20;
    private static final List<String> SYMBOLS =
            IntStream.range(0, 20).mapToObj(number -> "S" + number).toList();
    private static final List<String> COMMANDS = List.of(
            "{\"type\":\"PING\",\"client\":\"mutant\"}",
            "{\"type\":\"LIST_SYMBOLS\",\"client\":\"mutant\"}",
            "{\"type\":\"LIST_SUBSCRIPTIONS\",\"client\":\"mutant\",\"after\":\"x\"}",
            "{\"type\":\"GET_STATS\",\"client\":\"mutant\",\"symbols\":[\"S1\",\"S2\"]}",
            "{\"type\":\"UNSUBSCRIBE\",\"client\":\"mutant\",\"symbols\":[\"S1\"]}",
            "{\"type\":\"SHUTDOWN\",\"client\":\"mutant\",\"timeout\":\"PT5S\"}");

    private final Mutations mutations = new Mutations(SEED);
    private final TickCodec codec = new TickCodec();
    private final Map<String, Long> sentBySymbol = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<Future<RecordMetadata>> unanswerable = new ArrayList<>();

    @Test
    void everyRecordIsAccountedFor() {
        LOG.info("The records follow from -Dtickhub.seed={}", SEED);
        try (Market market = Market.open()) {
            market.list(SYMBOLS.toArray(String[]::new));
            Service hub = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");
            MarketDataClient alice = market.connect("alice");

            publish(market);

            Map<String, Map<Long, ConsumerRecord<byte[], byte[]>>> rejected = new HashMap<>();
            for (String symbol : SYMBOLS) {
                rejected.put(market.wire().tickTopic(symbol), assertCounted(market, alice, symbol));
            }
            assertCommandsAnswered(market);
            assertDeadLetters(market, rejected);
            assertThat(alice.ping().instance()).isEqualTo("hub-1");
            assertThat(hub.ended()).isNotDone();
            assertThat(aggregator.ended()).isNotDone();
        }
    }

    private void publish(Market market) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            sent.add(market.wire().send(tick(market, i)));
            if (i % COMMAND_EACH == 0) {
                sent.add(command(market, Integer.toString(i)));
            }
        }
        sent.forEach(Wire::await);
    }

    private ProducerRecord<byte[], byte[]> tick(Market market, int number) {
        String symbol = SYMBOLS.get(mutations.random().nextInt(SYMBOLS.size()));
        sentBySymbol.merge(symbol, 1L, Long::sum);
        String json = new String(codec.encode(Market.tick(symbol, number + 1)), StandardCharsets.UTF_8);
        boolean good = mutations.random().nextInt(3) == 0;
        byte[] key = mutations.random().nextBoolean() ? null : mutations.randomBytes(5);
        byte[] tombstoneOrMutant = mutations.random().nextInt(200) == 0 ? null : mutations.of(json);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                market.wire().tickTopic(symbol), 0, key, good ? RawRequest.utf8(json) : tombstoneOrMutant);
        for (int i = mutations.random().nextInt(3); i > 0; i--) {
            record.headers().add(mutations.header());
        }
        return record;
    }

    /** Either anything at all with an address for the reply, or something that is surely no command without one. */
    private Future<RecordMetadata> command(Market market, String correlationId) {
        if (mutations.random().nextInt(4) == 0) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    market.topics().commands().name(), mutations.randomBytes(3), mutations.randomBytes(50));
            record.headers().add(mutations.header());
            unanswerable.add(market.wire().send(record));
            return unanswerable.get(unanswerable.size() - 1);
        }
        asked.add(correlationId);
        byte[] value = mutations.of(COMMANDS.get(mutations.random().nextInt(COMMANDS.size())));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(market.topics().commands().name(), mutations.randomBytes(3), value);
        record.headers()
                .add(mutations.header())
                .add(Headers.CORRELATION_ID, RawRequest.utf8(correlationId))
                .add(
                        Headers.REPLY_TOPIC,
                        RawRequest.utf8(market.topics().replies().name()))
                .add(Headers.TIME_TO_LIVE, RawRequest.utf8("600000"));
        return market.wire().send(record);
    }

    /** Shows that the statistics are right, and returns the records that they count as rejected. */
    private Map<Long, ConsumerRecord<byte[], byte[]>> assertCounted(
            Market market, MarketDataClient client, String symbol) {
        long end = market.wire().end(symbol);
        PriceStats stats = market.awaitStats(client, symbol, found -> found.asOf() == end, "all is dealt with");
        Map<Long, ConsumerRecord<byte[], byte[]>> rejected = new HashMap<>();
        int accepted = 0;
        Punctuality punctuality = new Punctuality();
        for (ConsumerRecord<byte[], byte[]> record :
                TopicLog.of(market).read(market.wire().tickTopic(symbol))) {
            Instant appended = Instant.ofEpochMilli(record.timestamp());
            if (TickModel.accepts(symbol, record.value(), appended)
                    && codec.decode(new Symbol(symbol), record.value(), appended) instanceof Decoded.Valid valid
                    && punctuality.isInTime(valid.tick())) {
                accepted++;
            } else {
                rejected.put(record.offset(), record);
            }
        }
        assertThat(stats.count()).as("count of %s", symbol).isEqualTo(accepted).isPositive();
        assertThat(stats.rejected()).as("rejected of %s", symbol).isEqualTo(rejected.size());
        assertThat(stats.count() + stats.rejected()).as("all of %s", symbol).isEqualTo(sentBySymbol.get(symbol));
        assertThat(stats.count() + stats.rejected() + stats.missed() + stats.skipped())
                .as("offsets of %s", symbol)
                .isEqualTo(stats.asOf() - stats.since());
        Recount.proves(market, stats);
        return rejected;
    }

    private void assertCommandsAnswered(Market market) {
        Set<String> answered = new HashSet<>();
        TopicLog.of(market)
                .await(
                        market.topics().replies().name(),
                        asked.size(),
                        reply -> {
                            String correlationId = HeaderText.of(reply, Headers.CORRELATION_ID);
                            return asked.contains(correlationId) && answered.add(correlationId);
                        },
                        "a reply to each of " + asked.size() + " commands");
    }

    /** Each rejected record and each command without an address stands there once, as it was. */
    private void assertDeadLetters(Market market, Map<String, Map<Long, ConsumerRecord<byte[], byte[]>>> rejected) {
        Set<String> commands = new HashSet<>();
        unanswerable.forEach(sent -> commands.add(
                Wire.await(sent).partition() + "@" + Wire.await(sent).offset()));
        Market.await("the commands without an address are dead letters", () -> {
            Set<String> missing = new HashSet<>(commands);
            forEachLetter(market, (letter, source) -> missing.remove(source.partition() + "@" + source.offset()));
            return missing.isEmpty();
        });
        forEachLetter(market, (letter, source) -> {
            if (source.topic().equals(market.topics().commands().name())) {
                assertThat(commands.remove(source.partition() + "@" + source.offset()))
                        .as("%s once", source)
                        .isTrue();
                return;
            }
            ConsumerRecord<byte[], byte[]> original =
                    rejected.get(source.topic()).remove(source.offset());
            assertThat(original).as("%s once", source).isNotNull();
            assertThat(letter.stored().value()).isEqualTo(original.value());
            assertThat(letter.key().orElse(null)).isEqualTo(original.key());
            assertThat(letter.originalHeaders())
                    .containsExactly(original.headers().toArray());
            assertThat(source.appended()).isEqualTo(Instant.ofEpochMilli(original.timestamp()));
        });
        assertThat(rejected.values()).as("rejected without a dead letter").allMatch(Map::isEmpty);
        assertThat(commands).isEmpty();
    }

    private interface LetterVisitor {
        void visit(DeadLetter letter, Source.Stored source);
    }

    private static void forEachLetter(Market market, LetterVisitor visitor) {
        try (DeadLetterQueue queue = DeadLetterQueue.connect(market.kafka())) {
            queue.list(any -> true, letter -> visitor.visit(letter, (Source.Stored) letter.source()));
        }
    }
}
