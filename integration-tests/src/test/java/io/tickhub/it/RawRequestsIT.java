package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Reply.Failed;
import io.tickhub.model.Symbol;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of programs that do not use the client library. */
@ExtendWith(BrokerFirst.class)
@Timeout(60)
class RawRequestsIT {

    private static final String PING = "{\"type\":\"PING\",\"client\":\"raw\"}";

    private static Market market;

    @BeforeAll
    @Timeout(180) // The broker may have to be started.
    static void openMarket() {
        market = Market.open();
        market.list("AAPL");
        market.startHub("hub-1");
    }

    @AfterAll
    static void closeMarket() {
        market.close();
    }

    @Test
    void springsBinaryHeadersAreUnderstoodAndEchoed() {
        byte[] correlationId = HexFormat.of().parseHex("00ff80c3283132330a7f8081fefdfc00");
        int partition = 5;

        RawRequest.of(market, "raw", PING)
                .header("kafka_correlationId", correlationId)
                .header("kafka_replyTopic", market.topics().replies().name())
                .header(
                        "kafka_replyPartition",
                        ByteBuffer.allocate(4).putInt(partition).array())
                .send();

        ConsumerRecord<byte[], byte[]> reply = RawRequest.awaitReplies(market, 1, "kafka_correlationId", correlationId)
                .get(0);
        assertThat(reply.partition()).isEqualTo(partition);
        assertThat(Json.read(reply.value(), Reply.class)).isInstanceOf(Reply.Pong.class);
    }

    /** As SmallRye Reactive Messaging 4 writes them: the UUID and the topic as text, the partition as 4 bytes. */
    @Test
    void smallRyesHeadersAreUnderstoodAndEchoed() {
        String correlationId = "0b5f9d3a-7c0e-4d5e-9a53-5f2f3f0c7a11";
        int partition = 6;

        RawRequest.of(market, "raw", PING)
                .header("REPLY_CORRELATION_ID", correlationId)
                .header("REPLY_TOPIC", market.topics().replies().name())
                .header(
                        "REPLY_PARTITION",
                        ByteBuffer.allocate(4).putInt(partition).array())
                .send();

        ConsumerRecord<byte[], byte[]> reply = RawRequest.awaitReplies(
                        market, 1, "REPLY_CORRELATION_ID", RawRequest.utf8(correlationId))
                .get(0);
        assertThat(reply.partition()).isEqualTo(partition);
        assertThat(reply.headers().lastHeader("kafka_correlationId")).isNull();
        assertThat(Json.read(reply.value(), Reply.class)).isInstanceOf(Reply.Pong.class);
    }

    @Test
    void aTraceGoesFromACommandToItsReplyAndFromATickToItsCopy() {
        String ofTheCommand = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String ofTheTick = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        market.list("TRACED");
        RawRequest.of(market, "traced", "{\"type\":\"SUBSCRIBE\",\"client\":\"traced\",\"symbols\":[\"TRACED\"]}")
                .replyTo("traced-1")
                .header("traceparent", ofTheCommand)
                .send();
        ConsumerRecord<byte[], byte[]> reply = RawRequest.awaitReplies(
                        market, 1, "kafka_correlationId", RawRequest.utf8("traced-1"))
                .get(0);
        assertThat(HeaderText.of(reply, "traceparent")).isEqualTo(ofTheCommand);
        RawRequest.of(market, "traced", PING).replyTo("traced-2").send();
        assertThat(RawRequest.awaitReplies(market, 1, "kafka_correlationId", RawRequest.utf8("traced-2"))
                        .get(0)
                        .headers()
                        .lastHeader("traceparent"))
                .as("of a command without")
                .isNull();

        market.publish("TRACED", 1);
        ProducerRecord<byte[], byte[]> tick = new ProducerRecord<>(
                market.wire().tickTopic("TRACED"),
                RawRequest.utf8("TRACED"),
                RawRequest.utf8("{\"symbol\":\"TRACED\",\"price\":\"1\",\"volume\":\"1\","
                        + "\"timestamp\":\"2026-01-05T14:30:00Z\"}"));
        tick.headers().add("traceparent", RawRequest.utf8(ofTheTick));
        var unused = market.wire().write(tick);
        String feed = ((Reply.Subscribed) Json.read(reply.value(), Reply.class))
                .feed()
                .orElseThrow();
        assertThat(TopicLog.of(market).await(feed, 2, copy -> true, "both ticks in the feed").stream()
                        .map(copy -> HeaderText.of(copy, "traceparent")))
                .containsExactly("", ofTheTick);
    }

    @Test
    void aReplyTopicOfTheClientsOwnIsUsed() {
        String topic = market.topics().replies().name() + ".raw";
        market.wire().createTopic(topic, 1);

        RawRequest.of(market, "raw", PING)
                .header(Headers.CORRELATION_ID, "own-topic")
                .header(Headers.REPLY_TOPIC, topic)
                .send();

        assertThat(TopicLog.of(market).await(topic, 1, any -> true, "the reply"))
                .allMatch(reply -> RawRequest.isMarked(reply, Headers.CORRELATION_ID, RawRequest.utf8("own-topic")));
    }

    @Test
    void aForbiddenReplyTopicMakesADeadLetter() {
        String forbidden = market.wire().tickTopic("AAPL");
        long before = market.wire().end("AAPL");

        RecordMetadata sent = RawRequest.of(market, "raw", PING)
                .header(Headers.CORRELATION_ID, "forbidden")
                .header(Headers.REPLY_TOPIC, forbidden)
                .send();

        ConsumerRecord<byte[], byte[]> letter = TopicLog.of(market)
                .await(
                        market.topics().deadLetters().name(),
                        1,
                        found -> HeaderText.of(found, Headers.CORRELATION_ID).equals("forbidden"),
                        "the dead letter of the request")
                .get(0);
        assertThat(letter.value()).isEqualTo(RawRequest.utf8(PING));
        assertThat(HeaderText.of(letter, Headers.REASON)).isEqualTo(DeadLetterReason.BAD_COMMAND.name());
        assertThat(HeaderText.of(letter, Headers.DETAIL)).contains("reply topic");
        assertThat(HeaderText.of(letter, Headers.OFFSET)).isEqualTo(Long.toString(sent.offset()));
        assertThat(market.wire().end("AAPL")).as("nothing is written there").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_REQUEST     | {\"type\":\"PING\"}                                     | client is missing",
                "BAD_REQUEST     | {\"type\":\"PING\",\"client\":\"no blanks\"}            | a client id is",
                "BAD_REQUEST     | {\"type\":\"SUBSCRIBE\",\"client\":\"raw\"}             | at least one symbol",
                "BAD_REQUEST     | {\"type\":\"PING\",\"client\":\"raw\"} more             | ''",
                "UNKNOWN_COMMAND | {\"type\":\"SELL\",\"client\":\"raw\"}                  | SELL",
                "UNKNOWN_COMMAND | {\"client\":\"raw\"}                                    | type is missing",
                "WRONG_TOPIC     | {\"type\":\"SHUTDOWN\",\"client\":\"raw\"}              | admin-commands"
            })
    void whatIsWrongWithARequestIsSaid(String code, String json, String words) {
        String correlationId = Integer.toString(json.hashCode());

        RawRequest.of(market, "raw", json).replyTo(correlationId).send();

        assertFailed(RawRequest.awaitReply(market, correlationId), code, words);
    }

    @Test
    void changesAreAcceptedOnlyInTheClientsPartition() {
        String subscribe = "{\"type\":\"SUBSCRIBE\",\"client\":\"raw\",\"symbols\":[\"AAPL\"]}";
        RecordMetadata own = RawRequest.of(market, "raw", PING).send();

        RawRequest.of(market, "raw", subscribe)
                .to(own.topic(), (own.partition() + 1) % 8)
                .replyTo("other-partition")
                .send();
        RawRequest.of(market, "raw", subscribe)
                .to(market.topics().adminCommands().name(), 0)
                .replyTo("other-topic")
                .send();

        assertFailed(RawRequest.awaitReply(market, "other-partition"), "WRONG_TOPIC", "partition " + own.partition());
        assertFailed(RawRequest.awaitReply(market, "other-topic"), "WRONG_TOPIC", own.topic());
    }

    @Test
    void aRepeatedCommandHasOneEffectAndTheSameAnswer() {
        MarketDataClient observer = market.connect("observer");
        String symbols = ",\"client\":\"twice\",\"symbols\":[\"AAPL\"]}";

        List<ConsumerRecord<byte[], byte[]>> subscribed = sendTwice("{\"type\":\"SUBSCRIBE\"" + symbols, "sub-1");
        assertThat(subscribed.get(0).value()).isEqualTo(subscribed.get(1).value());
        assertThat(observer.subscriptions())
                .filteredOn(held -> held.client().name().equals("twice"))
                .hasSize(1)
                .allMatch(held ->
                        held.symbol().equals(new Symbol("AAPL")) && held.end().isEmpty());

        List<ConsumerRecord<byte[], byte[]>> unsubscribed = sendTwice("{\"type\":\"UNSUBSCRIBE\"" + symbols, "unsub-1");
        assertThat(unsubscribed.get(0).value()).isEqualTo(unsubscribed.get(1).value());
        assertThat(Json.read(unsubscribed.get(0).value(), Reply.class)).isInstanceOf(Reply.Unsubscribed.class);

        RawRequest.of(market, "twice", "{\"type\":\"UNSUBSCRIBE\"" + symbols)
                .replyTo("unsub-2")
                .send();
        assertFailed(RawRequest.awaitReply(market, "unsub-2"), "NOT_SUBSCRIBED", "twice");
    }

    @Test
    void anExpiredRequestIsDropped() {
        try (Market closing = Market.open()) {
            closing.startHub("hub-1");
            closing.stop("hub-1");
            RawRequest.of(closing, "raw", PING)
                    .replyTo("expired")
                    .header(Headers.TIME_TO_LIVE, "1")
                    .send();
            RawRequest.of(closing, "raw", PING)
                    .replyTo("patient")
                    .header(Headers.TIME_TO_LIVE, "60000")
                    .send();

            closing.startHub("hub-2");

            // Both stand in one partition: when the second is answered, the first has been dealt with.
            assertThat(RawRequest.awaitReply(closing, "patient")).contains("hub-2");
            assertThat(TopicLog.of(closing).read(closing.topics().replies().name()))
                    .noneMatch(reply -> RawRequest.isMarked(reply, Headers.CORRELATION_ID, RawRequest.utf8("expired")));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> sendTwice(String json, String correlationId) {
        RawRequest.of(market, "twice", json).replyTo(correlationId).send();
        RawRequest.of(market, "twice", json).replyTo(correlationId).send();
        return RawRequest.awaitReplies(market, 2, Headers.CORRELATION_ID, RawRequest.utf8(correlationId));
    }

    private static void assertFailed(String reply, String code, String words) {
        assertThat(Json.read(RawRequest.utf8(reply), Reply.class)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code().name()).isEqualTo(code);
            assertThat(failed.message()).contains(words);
        });
    }
}
