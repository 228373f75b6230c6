package io.tickhub.it;

import io.tickhub.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;

/** A request as a program writes it that does not use the client library. Mutable until it is sent, by one thread. */
final class RawRequest {

    private final Market market;
    private ProducerRecord<byte[], byte[]> record;

    private RawRequest(Market market, ProducerRecord<byte[], byte[]> record) {
        this.market = market;
        this.record = record;
    }

    static RawRequest of(Market market, String client, String json) {
        return of(market, client, utf8(json));
    }

    static RawRequest of(Market market, String client, byte[] value) {
        return new RawRequest(
                market, new ProducerRecord<>(market.topics().commands().name(), utf8(client), value));
    }

    /** On another topic or another partition than that of the client's commands. */
    RawRequest to(String topic, Integer partition) {
        record = new ProducerRecord<>(topic, partition, record.key(), record.value(), record.headers());
        return this;
    }

    RawRequest header(String name, String value) {
        return header(name, utf8(value));
    }

    RawRequest header(String name, byte[] value) {
        record.headers().add(name, value);
        return this;
    }

    /** Where the reply goes, in the plainest form. */
    RawRequest replyTo(String correlationId) {
        return header(Headers.CORRELATION_ID, correlationId)
                .header(Headers.REPLY_TOPIC, market.topics().replies().name());
    }

    /** Does not wait for the broker. */
    Future<RecordMetadata> sendAsync() {
        return market.wire().send(record);
    }

    RecordMetadata send() {
        return market.wire().write(record);
    }

    /** Waits for so many replies with this correlation id under a header name. */
    static List<ConsumerRecord<byte[], byte[]>> awaitReplies(
            Market market, int count, String headerName, byte[] correlationId) {
        return TopicLog.of(market)
                .await(
                        market.topics().replies().name(),
                        count,
                        reply -> isMarked(reply, headerName, correlationId),
                        count + " replies to " + HexFormat.of().formatHex(correlationId));
    }

    /** Waits for the one reply to a request made with {@link #replyTo}. */
    static String awaitReply(Market market, String correlationId) {
        return new String(
                awaitReplies(market, 1, Headers.CORRELATION_ID, utf8(correlationId))
                        .get(0)
                        .value(),
                StandardCharsets.UTF_8);
    }

    static boolean isMarked(ConsumerRecord<byte[], byte[]> reply, String headerName, byte[] correlationId) {
        Header header = reply.headers().lastHeader(headerName);
        return header != null && Arrays.equals(header.value(), correlationId);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
