package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Headers;
import io.tickhub.runtime.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No command, however broken, stops a hub. */
@ExtendWith(BrokerFirst.class)
@Timeout(60)
class HostileCommandsIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] BYTES = {0, -1, -128, 10, 13, 127, -61, 40};

    private static Market market;
    private static Service hub;
    private static MarketDataClient bystander;

    @BeforeAll
    @Timeout(180) // The broker may have to be started.
    static void openMarket() {
        market = Market.open();
        market.list("AAPL");
        hub = market.startHub("hub-1");
        bystander = market.connect("bystander");
    }

    @AfterAll
    static void closeMarket() {
        market.close();
    }

    static List<String> brokenValues() {
        String deep = "[".repeat(MEGABYTE - 200);
        return List.of(
                "",
                "no JSON",
                "null",
                "[]",
                "42",
                "\"PING\"",
                "{\"type\":",
                "{\"type\":7,\"client\":\"hostile\"}",
                "{\"type\":null,\"client\":\"hostile\"}",
                "{\"type\":\"java.lang.Object\",\"client\":\"hostile\"}",
                "{\"type\":\"PING\",\"client\":null}",
                "{\"type\":\"PING\",\"client\":{}}",
                "{\"type\":\"PING\",\"client\":\"../../etc\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[null]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"\\ud800\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"A\"],\"from\":\"yesterday\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"AAPL\"],\"from\":\"time:+900000000-01-01T00:00:00Z\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"AAPL\"],\"from\":\"time:-900000000-01-01T00:00:00Z\",\"delivery\":\"direct\"}",
                "{\"type\":\"GET_BARS\",\"client\":\"hostile\",\"symbol\":\"AAPL\",\"interval\":\"1s\",\"from\":\"+900000000-01-01T00:00:00Z\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[\"" + "A".repeat(1_000) + "\"]}",
                "{\"type\":\"GET_STATS\",\"client\":\"hostile\",\"symbols\":[\"" + "A".repeat(1_000) + "\"]}",
                "{\"type\":\"GET_STATS\",\"client\":\"hostile\",\"symbols\":7}",
                "{\"type\":\"LIST_SYMBOLS\",\"client\":[\"hostile\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"hostile\",\"symbols\":[" + symbols(1_001) + "]}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":\"PT-1S\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":1e400}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":1e999999999}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":9223372036854775808}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":\"PT9223372036854775807H\"}",
                deep.substring(0, 200_000),
                deep,
                "{\"type\":\"PING\",\"client\":" + "{\"a\":".repeat(30_000),
                "{\"type\":\"PING\",\"client\":\"" + "x".repeat(MEGABYTE - 200) + "\"}");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("brokenValues")
    void aBrokenCommandBecomesADeadLetterWithItsBytes(String value) {
        assertDeadLetter(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBinaryCommandBecomesADeadLetterToo() {
        assertDeadLetter(BYTES);
        assertDeadLetter("{\"type\":\"PING\",\"client\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertDeadLetter("no command".getBytes(StandardCharsets.UTF_16));
    }

    @Test
    void hostileHeadersDoNoHarm() {
        String ping = "{\"type\":\"PING\",\"client\":\"hostile\"}";
        String replies = market.topics().replies().name();
        RawRequest.of(market, "hostile", ping)
                .header(Headers.CORRELATION_ID, BYTES)
                .header(Headers.REPLY_TOPIC, BYTES)
                .header(Headers.REPLY_PARTITION, BYTES)
                .header(Headers.TIME_TO_LIVE, BYTES)
                .send();
        RawRequest.of(market, "hostile", ping)
                .header(Headers.CORRELATION_ID, (byte[]) null)
                .header(Headers.REPLY_TOPIC, (byte[]) null)
                .header(Headers.REPLY_PARTITION, (byte[]) null)
                .header(Headers.TIME_TO_LIVE, (byte[]) null)
                .send();
        RawRequest.of(market, "hostile", ping)
                .header(Headers.CORRELATION_ID, new byte[100_000])
                .header(Headers.REPLY_TOPIC, replies)
                .send();
        RawRequest.of(market, "hostile", (byte[]) null).send();
        RawRequest.of(market, "hostile", ping)
                .replyTo("missing-topic")
                .header(Headers.REPLY_TOPIC, replies + ".missing")
                .send();
        for (String partition : List.of("99", "-1", "2147483648", "one", "")) {
            RawRequest.of(market, "hostile", ping)
                    .replyTo("partition-" + partition)
                    .header(Headers.REPLY_PARTITION, partition)
                    .send();
        }
        RawRequest.of(market, "hostile", ping)
                .replyTo("ttl")
                .header(Headers.TIME_TO_LIVE, "-9223372036854775809")
                .send();

        assertThat(RawRequest.awaitReply(market, "ttl")).contains("PONG");
        assertServes();
    }

    @Test
    void aReplyTopicThatTakesNoRepliesDoesNotHoldUpOthers() {
        String narrow = market.topics().replies().name() + ".narrow";
        market.wire().createTopic(narrow, 1, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100"));
        String subscribe = "{\"type\":\"SUBSCRIBE\",\"client\":\"%s\",\"symbols\":[\"AAPL\"]}";
        RawRequest.of(market, "narrow", subscribe.formatted("narrow"))
                .replyTo("narrow")
                .header(Headers.REPLY_TOPIC, narrow)
                .send();
        RawRequest.of(market, "wide", subscribe.formatted("wide"))
                .replyTo("wide")
                .send();

        assertThat(RawRequest.awaitReply(market, "wide")).contains("SUBSCRIBED");
        assertServes();
    }

    @Test
    void brokenAdminCommandsDoNoHarm() {
        for (String value : brokenValues()) {
            RawRequest.of(market, "hostile", value)
                    .to(market.topics().adminCommands().name(), 0)
                    .send();
        }
        RawRequest.of(market, "hostile", "{\"type\":\"SHUTDOWN\",\"client\":\"hostile\",\"timeout\":\"PT0S\"}")
                .to(market.topics().adminCommands().name(), 0)
                .replyTo("no-time")
                .send();

        assertThat(RawRequest.awaitReply(market, "no-time")).contains("BAD_REQUEST");
        assertServes();
    }

    private static void assertDeadLetter(byte[] value) {
        RecordMetadata sent = RawRequest.of(market, "hostile", value).send();

        ConsumerRecord<byte[], byte[]> letter = TopicLog.of(market)
                .await(
                        market.topics().deadLetters().name(),
                        1,
                        found -> HeaderText.of(found, Headers.TOPIC).equals(sent.topic())
                                && HeaderText.of(found, Headers.OFFSET).equals(Long.toString(sent.offset()))
                                && HeaderText.of(found, Headers.PARTITION).equals(Integer.toString(sent.partition())),
                        "the dead letter of the command at " + sent.offset())
                .get(0);

        assertThat(letter.value()).isEqualTo(value);
        assertThat(HeaderText.of(letter, Headers.REASON)).isEqualTo(DeadLetterReason.BAD_COMMAND.name());
        assertThat(HeaderText.of(letter, Headers.DETAIL)).isNotBlank().hasSizeLessThan(400);
        assertServes();
    }

    private static void assertServes() {
        assertThat(bystander.ping().instance()).isEqualTo("hub-1");
        assertThat(hub.ended()).isNotDone();
        assertThat(hub.isReady()).isTrue();
    }

    private static String symbols(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"S" + number + "\"")
                .collect(Collectors.joining(","));
    }
}
