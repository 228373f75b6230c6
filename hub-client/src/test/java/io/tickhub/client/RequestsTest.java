package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Receipt;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final ClientId ALICE = new ClientId("alice");
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** As long as each look for a hub takes here. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Reply PONG = new Reply.Pong("hub-1", "0.1.0", "hub", SECOND);

    /** What the hub does with each request in turn, by its correlation id. */
    private final Deque<Consumer<String>> hub = new ArrayDeque<>();

    private final PendingRequests pending = new PendingRequests(2);
    private final MockProducer<byte[], byte[]> producer = new AnsweringProducer();
    private boolean hubIsThere = true;
    private boolean hubIsSilent;
    /** How often it was asked for. */
    private int looks;

    private int heardAfterLooks = Integer.MAX_VALUE;
    private long nanos;
    private final Requests requests = new Requests(
            producer,
            new Topics("test."),
            new Route("test.commands", new TopicPartition("test.replies", 5)),
            pending,
            new Presence(),
            () -> nanos);

    @Test
    void sendsTheCommandWithTheAddressForItsReply() {
        answer(PONG);

        assertThat(ping()).isEqualTo(PONG);

        ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
        assertThat(sent.topic()).isEqualTo("test.commands");
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("alice");
        assertThat(Json.read(sent.value(), Command.class)).isEqualTo(new Command.Ping(ALICE));
        assertThat(header(sent, Headers.REPLY_TOPIC)).isEqualTo("test.replies");
        assertThat(header(sent, Headers.REPLY_PARTITION)).isEqualTo("5");
        assertThat(header(sent, Headers.TIME_TO_LIVE)).isEqualTo("1000");
        assertThat(header(sent, Headers.CORRELATION_ID)).hasSize(36);
    }

    @Test
    void sendsShutdownToTheTopicOfTheAdministrator() {
        Reply drained = new Reply.Drained(
                true,
                new Receipt(
                        new Receipt.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        Receipt.LeftOut.NOTHING));
        answer(drained);

        assertThat(requests.send(new Command.Shutdown(ALICE, SECOND), Reply.Drained.class, SECOND))
                .isEqualTo(drained);
        assertThat(producer.history().getFirst().topic()).isEqualTo("test.admin-commands");
    }

    @Test
    void tellsTheHubsError() {
        answer(new Reply.Failed(ErrorCode.UNKNOWN_SYMBOL, "no topic ticks.APPL; similar: AAPL"));

        assertThatThrownBy(this::ping)
                .isInstanceOfSatisfying(
                        HubErrorException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_SYMBOL))
                .hasMessage("no topic ticks.APPL; similar: AAPL");
    }

    @Test
    void repeatsWhatTheHubCouldNotDoForTheMomentUnderTheSameCorrelationId() {
        answer(new Reply.Failed(ErrorCode.UNAVAILABLE, "Kafka did not answer"));
        answer(PONG);

        assertThat(ping()).isEqualTo(PONG);
        assertThat(producer.history().stream().map(sent -> header(sent, Headers.CORRELATION_ID)))
                .hasSize(2)
                .containsOnly(header(producer.history().getFirst(), Headers.CORRELATION_ID));
    }

    @Test
    void failsAtOnceWithoutAHub() {
        hubIsThere = false;

        assertThatThrownBy(this::ping).isInstanceOf(NoHubException.class).hasMessage("gone");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void waitsAMomentForAHubThatIsSilent() {
        hubIsThere = false;
        hubIsSilent = true;
        heardAfterLooks = 1;
        answer(PONG);

        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void waitsForASilentHubForAMomentOnly() {
        hubIsThere = false;
        hubIsSilent = true;

        assertThatThrownBy(() -> requests.send(new Command.Ping(ALICE), Reply.Pong.class, Duration.ofHours(1)))
                .isInstanceOf(NoHubException.class)
                .hasMessage("gone");
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void saysWhatItWaitedFor() {
        hub.add(correlationId -> pending.complete(correlationId, new Outcome.TimedOut()));
        Command subscribe = Command.Subscribe.live(ALICE, List.of(new Symbol("AAPL"), new Symbol("BTC-USD")));

        assertThatThrownBy(() -> requests.send(subscribe, Reply.Subscribed.class, Duration.ofMillis(2500)))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessage("no hub answered SUBSCRIBE AAPL, BTC-USD within 2.5 s");
    }

    @Test
    void tellsWhenKafkaDoesNotTakeTheCommand() {
        producer.sendException = new TimeoutException("no leader");

        assertThatThrownBy(this::ping)
                .isInstanceOf(BrokerException.class)
                .hasMessage("PING could not be sent to Kafka: no leader");
        assertThat(pending.size()).isZero();
    }

    @Test
    void refusesAReplyOfAnotherKind() {
        answer(new Reply.Symbols(List.of(), Optional.empty()));

        assertThatThrownBy(this::ping).isInstanceOf(HubErrorException.class).hasMessageContaining("versions");
    }

    @Test
    void failsOnceTheClientIsClosed() {
        pending.close(new Outcome.Closed());

        assertThatThrownBy(this::ping).isInstanceOf(ClientClosedException.class);
    }

    private Reply.Pong ping() {
        return requests.send(new Command.Ping(ALICE), Reply.Pong.class, SECOND);
    }

    private void answer(Reply reply) {
        hub.add(correlationId -> pending.reply(correlationId, reply));
    }

    private static String header(ProducerRecord<byte[], byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private final class Presence implements HubPresence {

        @Override
        public boolean isHubThere() {
            looks++;
            nanos += LOOK.toNanos();
            return hubIsThere || looks > heardAfterLooks;
        }

        @Override
        public boolean isHubSilent() {
            return hubIsSilent;
        }

        @Override
        public String absence() {
            return "gone";
        }
    }

    private final class AnsweringProducer extends MockProducer<byte[], byte[]> {

        AnsweringProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
            Future<RecordMetadata> result = super.send(sent, callback);
            hub.remove().accept(header(sent, Headers.CORRELATION_ID));
            return result;
        }
    }
}
