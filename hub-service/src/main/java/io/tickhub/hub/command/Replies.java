package io.tickhub.hub.command;

import io.micrometer.core.instrument.Counter;
import io.tickhub.hub.trace.TraceParent;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.runtime.log.Tally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses replies. Thread safe. */
final class Replies {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private final ReplyTopics replyTopics;
    private final Counter undeliverable;
    private final Tally undeliverableTold = new Tally(LOG, "replies had no topic or partition to go to");

    Replies(ReplyTopics replyTopics, Counter undeliverable) {
        this.replyTopics = replyTopics;
        this.undeliverable = undeliverable;
    }

    /** The record of a reply; empty if the request names no place, or one that does not exist. */
    Optional<ProducerRecord<byte[], byte[]>> to(Request request, Reply reply) {
        return to(request, Json.write(reply));
    }

    /** The same of a reply that is JSON already. */
    Optional<ProducerRecord<byte[], byte[]>> to(Request request, byte[] reply) {
        if (request.replyTo().isEmpty()) {
            return Optional.empty();
        }
        ReplyAddress address = request.replyTo().get();
        if (!replyTopics.exists(address)) {
            undeliverable.increment();
            undeliverableTold.add(address.topic());
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        if (!address.correlationId().isEmpty()) {
            headers.add(new RecordHeader(
                    address.form().correlationIdHeader(), HexFormat.of().parseHex(address.correlationId())));
        }
        TraceParent.of(request.record().headers()).ifPresent(headers::add);
        Integer partition =
                address.partition().isPresent() ? (Integer) address.partition().getAsInt() : null;
        return Optional.of(new ProducerRecord<>(address.topic(), partition, key(request), reply, headers));
    }

    /** Logs what could not be delivered, now and then. */
    void tell() {
        undeliverableTold.tell();
    }

    /** Topics that could not be written: a reply that nobody can take must not stop the commands of all. */
    void failed(Set<String> topics) {
        topics.forEach(replyTopics::failed);
    }

    /** Topics that could be written. */
    void written(Set<String> topics) {
        replyTopics.written(topics);
    }

    private static byte[] key(Request request) {
        return request.body() instanceof Request.Body.Valid valid
                ? valid.command().client().name().getBytes(StandardCharsets.UTF_8)
                : request.record().key();
    }
}
