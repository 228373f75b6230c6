package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {

    private static final TopicPartition REPLIES = new TopicPartition("replies", 3);
    private static final Reply PONG = new Reply.Pong("hub-1", "0.1.0", "hub", Duration.ofSeconds(1));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final PendingRequests pending = new PendingRequests(10);
    private boolean hubIsThere = true;
    private long nowNanos;
    private final ReplyReader reader = new ReplyReader(consumer, pending, new Presence(), () -> nowNanos);
    private final CompletableFuture<Outcome> request = pending.add("mine", "PING", Duration.ofSeconds(5), 0);

    @BeforeEach
    void assign() {
        consumer.updateEndOffsets(Map.of(REPLIES, 0L));
        consumer.assign(Set.of(REPLIES));
    }

    @Test
    void givesTheReplyToItsRequest() {
        reply(0, "another client's", "not even JSON");
        reply(1, "mine", new String(Json.write(PONG), StandardCharsets.UTF_8));
        reader.runOnce();

        assertThat(request).isCompletedWithValue(new Outcome.Replied(PONG));
    }

    @Test
    void ignoresARecordThatIsNoReply() {
        consumer.addRecord(new ConsumerRecord<>(REPLIES.topic(), REPLIES.partition(), 0, null, null));
        reader.runOnce();

        assertThat(request).isNotDone();
    }

    @Test
    void makesAnErrorOfAReplyThatItCannotRead() {
        reply(0, "mine", "{\"type\":\"SOMETHING_NEW\"}");
        reader.runOnce();

        assertThat(request.join()).isInstanceOfSatisfying(Outcome.Replied.class, replied -> assertThat(replied.reply())
                .isInstanceOfSatisfying(
                        Reply.Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND)));
    }

    @Test
    void endsTheWaitAtTheDeadline() {
        nowNanos = Duration.ofSeconds(5).toNanos();
        reader.runOnce();

        assertThat(request).isCompletedWithValue(new Outcome.TimedOut());
    }

    @Test
    void endsTheWaitWhenTheLastHubIsGoneForALittleWhile() {
        hubIsThere = false;
        reader.runOnce();
        nowNanos = Duration.ofMillis(499).toNanos();
        reader.runOnce();
        assertThat(request).isNotDone();

        nowNanos = Duration.ofMillis(500).toNanos();
        reader.runOnce();

        assertThat(request).isCompletedWithValue(new Outcome.NoHub("gone"));
    }

    @Test
    void aHubThatComesBackInTimeAnswers() {
        hubIsThere = false;
        reader.runOnce();
        hubIsThere = true;
        reader.runOnce();
        hubIsThere = false;
        nowNanos = Duration.ofMillis(500).toNanos();
        reader.runOnce();

        assertThat(request).isNotDone();
    }

    @Test
    void failsAllRequestsWhenRepliesCanNoLongerBeRead() {
        consumer.setPollException(new KafkaException("denied"));
        reader.run();

        assertThat(request.join()).isInstanceOf(Outcome.Broken.class);
        assertThat(pending.add("next", "PING", Duration.ofSeconds(5), 0).join()).isInstanceOf(Outcome.Broken.class);
        assertThat(consumer.closed()).isTrue();
    }

    private void reply(long offset, String correlationId, String json) {
        ConsumerRecord<byte[], byte[]> reply = new ConsumerRecord<>(
                REPLIES.topic(),
                REPLIES.partition(),
                offset,
                "alice".getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8));
        reply.headers().add(Headers.CORRELATION_ID, correlationId.getBytes(StandardCharsets.UTF_8));
        consumer.addRecord(reply);
    }

    private final class Presence implements HubPresence {

        @Override
        public boolean isHubThere() {
            return hubIsThere;
        }

        @Override
        public boolean isHubSilent() {
            return false;
        }

        @Override
        public String absence() {
            return "gone";
        }
    }
}
