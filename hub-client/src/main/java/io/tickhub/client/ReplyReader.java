package io.tickhub.client;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Ends the waits of a client's requests: by the replies on its partition, by deadlines, and when the last hub is gone. One thread;
 * {@link #stop} is the only call from another one. It owns its consumer, which stands on the replies' partition already.
 */
final class ReplyReader implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);

    private static final Duration POLL = Duration.ofMillis(50);

    /** A hub's last replies and the record of its stop come by two ways: the replies get this much time more. */
    private static final Duration LAST_REPLIES = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final PendingRequests pending;
    private final HubPresence presence;
    private final LongSupplier nanoClock;
    private OptionalLong absentSinceNanos = OptionalLong.empty();
    private volatile boolean stopped;

    ReplyReader(
            Consumer<byte[], byte[]> consumer, PendingRequests pending, HubPresence presence, LongSupplier nanoClock) {
        this.consumer = consumer;
        this.pending = pending;
        this.presence = presence;
        this.nanoClock = nanoClock;
    }

    @Override
    public void run() {
        try (consumer) {
            while (!stopped) {
                runOnce();
            }
        } catch (RuntimeException e) {
            LOG.error("Replies can no longer be read: {}", e.toString());
            pending.close(new Outcome.Broken("replies can no longer be read", e));
        }
    }

    /** Asks the thread to end. */
    void stop() {
        stopped = true;
    }

    void runOnce() {
        for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(POLL)) {
            handle(reply);
        }
        pending.expire(nanoClock.getAsLong());
        failWithoutHub();
    }

    private void handle(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.CORRELATION_ID);
        if (header == null || header.value() == null || record.value() == null) {
            return;
        }
        // Clients share the partition: most replies may be other clients', and none of them is parsed.
        String correlationId = new String(header.value(), StandardCharsets.UTF_8);
        if (pending.isWaiting(correlationId)) {
            pending.reply(correlationId, parse(record.value()));
        }
    }

    private static Reply parse(byte[] value) {
        try {
            return Json.read(value, Reply.class);
        } catch (JacksonException e) {
            return new Reply.Failed(
                    ErrorCode.UNKNOWN_COMMAND,
                    "the hub's reply cannot be read; hub and client may be of different versions: "
                            + e.getOriginalMessage());
        }
    }

    private void failWithoutHub() {
        if (pending.size() == 0 || presence.isHubThere()) {
            absentSinceNanos = OptionalLong.empty();
            return;
        }
        long now = nanoClock.getAsLong();
        if (absentSinceNanos.isEmpty()) {
            absentSinceNanos = OptionalLong.of(now);
        } else if (now - absentSinceNanos.getAsLong() >= LAST_REPLIES.toNanos()) {
            pending.completeAll(new Outcome.NoHub(presence.absence()));
        }
    }
}
