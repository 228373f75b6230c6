package io.tickhub.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Decoded;
import io.tickhub.model.Headers;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final Topics TOPICS = new Topics("test.");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Symbol> made = new ArrayList<>();
    private final List<Symbol> heard = new ArrayList<>();
    private final Publisher publisher = new Publisher(
            kafka,
            symbols -> {
                made.addAll(symbols);
                return symbols.stream().collect(toMap(identity(), symbol -> TOPICS.ticks(symbol)
                        .name()));
            },
            TOPICS,
            "sim-1",
            (symbol, acknowledged) -> heard.add(symbol));

    @Test
    void aTickGoesToItsSymbolsTopicWithItsRow() throws InterruptedException {
        Tick tick = tick(AAPL);
        publisher.publish(new SourceItem.Good(tick, Optional.of(new RowAddress("day.csv", 7))));
        ProducerRecord<byte[], byte[]> message = kafka.history().getFirst();
        assertThat(message.topic()).isEqualTo("test.ticks.AAPL");
        assertThat(message.partition()).isZero();
        assertThat(message.key()).asString(UTF_8).isEqualTo("AAPL");
        assertThat(header(message, Headers.ROW)).isEqualTo("day.csv@7");
        assertThat(new TickCodec().decode(AAPL, message.value(), Instant.EPOCH)).isEqualTo(new Decoded.Valid(tick));
    }

    @Test
    void manyAreHandedOverSymbolBySymbolEachInItsOrder() throws InterruptedException {
        publisher.publish(
                List.of(row(AAPL, 2), row(MSFT, 3), bad(Optional.of(AAPL)), row(AAPL, 4), row(MSFT, 5), row(AAPL, 6)));
        assertThat(kafka.history())
                .extracting(message -> message.topic() + " " + header(message, Headers.ROW))
                .containsExactly(
                        "test.dead-letters day.csv@9",
                        "test.ticks.AAPL day.csv@2",
                        "test.ticks.AAPL day.csv@4",
                        "test.ticks.AAPL day.csv@6",
                        "test.ticks.MSFT day.csv@3",
                        "test.ticks.MSFT day.csv@5");
    }

    @Test
    void aSimulatedTickHasNoRow() throws InterruptedException {
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        assertThat(kafka.history().getFirst().headers()).isEmpty();
    }

    @Test
    void aBadRowGoesToTheDeadLettersAsItStood() throws InterruptedException {
        publisher.publish(bad(Optional.of(AAPL)));
        publisher.publish(bad(Optional.empty()));
        ProducerRecord<byte[], byte[]> message = kafka.history().getFirst();
        assertThat(message.topic()).isEqualTo("test.dead-letters");
        assertThat(message.key()).asString(UTF_8).isEqualTo("test.ticks.AAPL");
        assertThat(message.value()).asString(UTF_8).isEqualTo("\"AAPL\",,1");
        assertThat(header(message, Headers.ROW)).isEqualTo("day.csv@9");
        assertThat(header(message, Headers.TOPIC)).isEqualTo("test.ticks.AAPL");
        assertThat(header(message, Headers.REASON)).isEqualTo("MISSING_FIELD");
        assertThat(header(message, Headers.DETAIL)).isEqualTo("price is empty");
        assertThat(header(message, Headers.SERVICE)).isEqualTo("sim-1");
        assertThat(Instant.parse(header(message, Headers.TIME))).isAfter(Instant.EPOCH);
        assertThat(kafka.history().get(1).key()).asString(UTF_8).isEqualTo("day.csv");
        assertThat(made).as("a bad row makes no topic").isEmpty();
    }

    @Test
    void theLetterOfALongRowSaysThatItHoldsTheBeginningOnly() throws InterruptedException {
        publisher.publish(bad(Optional.empty()));
        publisher.publish(new SourceItem.Bad(
                new RowAddress("day.csv", 10),
                new RawRow(10, "AAPL".getBytes(UTF_8), RawRow.Extent.CUT),
                Optional.empty(),
                DeadLetterReason.OUT_OF_RANGE,
                "the row is longer"));
        assertThat(kafka.history())
                .extracting(message -> header(message, Headers.ORIGINAL))
                .containsExactly("WHOLE", "CUT_SHORT");
    }

    @Test
    void aTopicIsMadeOnce() throws InterruptedException {
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        publisher.publish(new SourceItem.Good(tick(MSFT), Optional.empty()));
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        assertThat(made).containsExactly(AAPL, MSFT);
        assertThat(heard).containsExactly(AAPL, MSFT);
    }

    @Test
    void onlyWhatKafkaAcknowledgedCounts() throws InterruptedException {
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        publisher.publish(bad(Optional.empty()));
        assertThat(publisher.published()).isEqualTo(new Published(new TreeMap<>(Map.of(AAPL, 0L)), 0, 3));
        kafka.completeNext();
        assertThat(publisher.published()).isEqualTo(new Published(new TreeMap<>(Map.of(AAPL, 1L)), 0, 2));
        kafka.flush();
        assertThat(publisher.published()).isEqualTo(new Published(new TreeMap<>(Map.of(AAPL, 2L)), 1, 0));
        assertThat(publisher.waiting()).isZero();
    }

    @Test
    void afterARefusedRecordNothingFollows() throws InterruptedException {
        publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty()));
        kafka.errorNext(new TopicAuthorizationException("no"));
        assertThatThrownBy(() -> publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty())))
                .isInstanceOf(PublishException.class)
                .hasMessage("Kafka refused a record for topic test.ticks.AAPL: no");
        assertThatThrownBy(publisher::awaitAcknowledged).isInstanceOf(PublishException.class);
        assertThat(kafka.history()).hasSize(1);
        assertThat(publisher.published().unacknowledged()).isEqualTo(1);
        assertThat(publisher.waiting()).as("no is an answer").isZero();
    }

    @Test
    void aRecordThatNeverGotIntoTheBufferIsNotWaitedFor() {
        kafka.sendException = new IllegalStateException("interrupted, for instance");
        assertThatThrownBy(() -> publisher.publish(new SourceItem.Good(tick(AAPL), Optional.empty())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(publisher.waiting()).isZero();
    }

    private static String header(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }

    private static SourceItem row(Symbol symbol, long line) {
        return new SourceItem.Good(tick(symbol), Optional.of(new RowAddress("day.csv", line)));
    }

    private static Tick tick(Symbol symbol) {
        return new Tick(symbol, new BigDecimal("187.25"), BigDecimal.TEN, Instant.EPOCH, "sim-1", "1");
    }

    private static SourceItem bad(Optional<Symbol> symbol) {
        return new SourceItem.Bad(
                new RowAddress("day.csv", 9),
                new RawRow(9, "\"AAPL\",,1".getBytes(UTF_8), RawRow.Extent.WHOLE),
                symbol,
                DeadLetterReason.MISSING_FIELD,
                "price is empty");
    }
}
