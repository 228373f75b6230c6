package io.tickhub.hub.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.hub.command.ReplyAddress.Form;
import io.tickhub.hub.command.Request.Body;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RequestReaderTest {

    private static final Instant APPENDED = Instant.parse("2026-11-20T14:30:00Z");
    private static final byte[] PING = bytes("{\"type\":\"PING\",\"client\":\"alice\"}");

    /** Has a topic for its own commands. */
    private static final ClientId CAROL = new ClientId("carol");

    private final RequestReader reader = new RequestReader(new Topics("test."), CAROL::equals);
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void springSendsItsCorrelationIdAsSixteenBytesAndItsPartitionAsFour() {
        byte[] correlation = HexFormat.of().parseHex("00ff10203040506070809a0b0c0d0e0f");
        headers.add("kafka_correlationId", correlation);
        headers.add("kafka_replyTopic", bytes("test.replies"));
        headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(7).array());

        ReplyAddress address = read(PING).replyTo().orElseThrow();

        assertThat(address)
                .isEqualTo(new ReplyAddress(
                        "test.replies", OptionalInt.of(7), "00ff10203040506070809a0b0c0d0e0f", Form.SPRING));
        assertThat(read(PING).correlation()).isEqualTo("00ff10203040506070809a0b0c0d0e0f");
    }

    @Test
    void smallRyesNamesWorkAndTheReplyUsesThem() {
        headers.add("REPLY_CORRELATION_ID", bytes("id-1"));
        headers.add("REPLY_TOPIC", bytes("test.replies.alice"));
        headers.add("REPLY_PARTITION", bytes("3"));

        assertThat(read(PING).replyTo())
                .contains(new ReplyAddress(
                        "test.replies.alice",
                        OptionalInt.of(3),
                        HexFormat.of().formatHex(bytes("id-1")),
                        Form.SMALLRYE));
    }

    @ParameterizedTest
    @CsvSource({"12,12", "0,0", "1234,1234", "2147483647,2147483647"})
    void aPartitionInTextIsReadEvenWithFourDigits(String text, int expected) {
        headers.add("kafka_replyTopic", bytes("test.replies"));
        headers.add("kafka_replyPartition", bytes(text));

        assertThat(read(PING).replyTo().orElseThrow().partition()).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "2147483648", "99999999999999999999", "1.5"})
    void aPartitionThatIsNoneIsLeftToThePartitioner(String text) {
        headers.add("kafka_replyTopic", bytes("test.replies"));
        headers.add("kafka_replyPartition", bytes(text));

        assertThat(read(PING).replyTo().orElseThrow().partition()).isEmpty();
    }

    @Test
    void aBinaryPartitionIsNeverNegative() {
        headers.add("kafka_replyTopic", bytes("test.replies"));
        headers.add("kafka_replyPartition", new byte[] {-1, -1, -1, -1});

        assertThat(read(PING).replyTo().orElseThrow().partition()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commands",
                "test.commands",
                "replies",
                "test.repliesX",
                "test.replies.a b",
                "test.replies.ä",
                "",
                "ticks.AAPL",
                "test.replies/../x"
            })
    void theHubWritesToReplyTopicsOnly(String topic) {
        headers.add("kafka_replyTopic", bytes(topic));

        assertThat(read(PING).replyTo()).isEmpty();
        assertThat(read(PING).body()).isInstanceOf(Body.Broken.class);
    }

    @Test
    void whatStandsOnAClientsOwnTopicIsThatClientsWhateverItSays() {
        headers.add("kafka_replyTopic", bytes("test.replies.carol"));
        headers.add("kafka_correlationId", bytes("id-1"));

        for (String body : new String[] {
            "{\"type\":\"PING\",\"client\":\"alice\"}",
            "{\"type\":\"PING\"}",
            "{\"type\":\"PING\",\"client\":{\"a\":1}}",
            "{\"client\":\"alice\",\"type\":\"PING\",\"client\":\"bob\"}"
        }) {
            Request request = reader.read(record("test.commands.carol", bytes(body), headers));

            assertThat(request.body()).isEqualTo(new Body.Valid(new Command.Ping(CAROL)));
            assertThat(request.identity()).contains(CAROL);
            assertThat(request.replyTo()).isPresent();
            assertThat(request.id()).isEqualTo(APPENDED.toEpochMilli() + "-17");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"test.replies", "test.replies.alice", "test.replies.carol.1", "replies.carol", "test.stats"})
    void whatStandsOnAClientsOwnTopicIsAnsweredOnItsOwnReplyTopicOnly(String topic) {
        headers.add("kafka_replyTopic", bytes(topic));

        Request request = reader.read(record("test.commands.carol", PING, headers));

        assertThat(request.replyTo()).isEmpty();
        assertThat(request.body()).isInstanceOfSatisfying(Body.Broken.class, broken -> assertThat(broken.message())
                .contains("go to test.replies.carol"));
    }

    @Test
    void nothingElseIsAnsweredOnTheReplyTopicOfAClientWithItsOwnTopic() {
        headers.add("kafka_replyTopic", bytes("test.replies.carol"));

        assertThat(read(PING).replyTo()).isEmpty();
        assertThat(reader.read(record("test.admin-commands", PING, headers)).replyTo())
                .isEmpty();
    }

    @Test
    void nobodyCommandsInTheNameOfAClientWithItsOwnTopicElsewhere() {
        assertThat(read(bytes("{\"type\":\"PING\",\"client\":\"carol\"}")).body())
                .isInstanceOfSatisfying(Body.Broken.class, broken -> {
                    assertThat(broken.code()).isEqualTo(ErrorCode.WRONG_TOPIC);
                    assertThat(broken.message()).contains("test.commands.carol");
                });
    }

    @Test
    void aCorrelationIdThatIsTooLongIsNotCarriedAbout() {
        headers.add("kafka_replyTopic", bytes("test.replies"));
        headers.add("kafka_correlationId", new byte[257]);

        assertThat(read(PING).replyTo()).isEmpty();
    }

    @Test
    void withoutACorrelationIdARequestIsKnownByItsPlace() {
        headers.add("kafka_replyTopic", bytes("test.replies"));

        assertThat(read(PING).correlation()).isEqualTo("3-17");
        assertThat(read(PING).id()).isEqualTo("3-17");
    }

    @ParameterizedTest
    @CsvSource({"5000,5000", "1,1", "86400000,86400000", "0,60000", "-5,60000", "86400001,60000", "x,60000", "'',60000"
    })
    void aRequestExpiresAfterItsTimeToLiveOrAMinute(String text, long expectedMillis) {
        headers.add("ttl", bytes(text));

        assertThat(read(PING).expires()).isEqualTo(APPENDED.plus(Duration.ofMillis(expectedMillis)));
    }

    @Test
    void aCommandIsRead() {
        assertThat(read(PING).body()).isEqualTo(new Body.Valid(new Command.Ping(new ClientId("alice"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"DANCE\",\"client\":\"alice\"}",
                "{\"type\":\"\",\"client\":\"alice\"}",
                "{\"client\":\"alice\"}",
                "{}",
                "7",
                "\"PING\""
            })
    void anUnknownCommandIsCalledSo(String value) {
        assertThat(read(bytes(value)).body())
                .isInstanceOfSatisfying(
                        Body.Broken.class, broken -> assertThat(broken.code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"type\":\"PING\"}",
                "{\"type\":\"PING\",\"client\":null}",
                "{\"type\":\"PING\",\"client\":7.5}",
                "{\"type\":\"PING\",\"client\":{\"name\":\"a\"}}",
                "{\"type\":\"PING\",\"client\":\"a b\"}",
                "{\"type\":\"PING\",\"client\":\"alice\"} trailing",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[null]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"\\ud800\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"A\"],\"from\":\"yesterday\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"a\",\"timeout\":\"PT0S\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"a\",\"timeout\":\"PT999999999999999H\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"a\",\"timeout\":1e999999999}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"a\",\"timeout\":-1e-999999999}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"a\",\"timeout\":[]}"
            })
    void whatIsNoCommandIsAnswered(String value) {
        Request request = read(bytes(value));

        assertThat(request.body()).isInstanceOfSatisfying(Body.Broken.class, broken -> {
            assertThat(broken.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(broken.message()).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
        });
        // There the client is known, whatever the record says.
        if (!value.contains("PING")) {
            assertThat(reader.read(record("test.commands.carol", bytes(value), headers))
                            .body())
                    .isInstanceOf(Body.Broken.class);
        }
    }

    @Test
    void deepNestingAndGreatLengthCostNothing() {
        assertThat(read(bytes("[".repeat(100_000))).body()).isInstanceOf(Body.Broken.class);
        assertThat(read(new byte[300_000]).body()).isInstanceOf(Body.Broken.class);
        assertThat(read(null).body()).isInstanceOf(Body.Broken.class);
    }

    @Test
    void noBytesWhateverMakeItThrow() {
        Random random = new Random(20_261_120);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = PING.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            RecordHeaders some = new RecordHeaders();
            for (String name :
                    new String[] {"kafka_replyTopic", "kafka_correlationId", "kafka_replyPartition", "ttl"}) {
                byte[] header = new byte[random.nextInt(20)];
                random.nextBytes(header);
                some.add(name, random.nextInt(5) == 0 ? null : header);
            }
            assertThat(reader.read(record("test.commands", value, some))).isNotNull();
            assertThat(reader.read(record("test.commands.carol", value, some))).isNotNull();
        }
    }

    private Request read(byte[] value) {
        return reader.read(record("test.commands", value, headers));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                3,
                17,
                APPENDED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value == null ? -1 : value.length,
                null,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
