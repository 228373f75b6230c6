package io.tickhub.hub.command;

import io.tickhub.hub.command.ReplyAddress.Form;
import io.tickhub.hub.command.Request.Body;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidTypeIdException;

/** Reads requests. Never throws for what a record holds. Thread safe. */
final class RequestReader {

    private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(1);
    private static final int MAX_CORRELATION_BYTES = 256;
    private static final int MAX_COMMAND_BYTES = 256 * 1024;
    private static final int MAX_MESSAGE = 300;

    private final Topics topics;

    RequestReader(Topics topics) {
        this.topics = topics;
    }

    Request read(ConsumerRecord<byte[], byte[]> record) {
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        Optional<ReplyAddress> replyTo = replyAddress(record);
        Body body = replyTo.isEmpty() && asksForReply(record)
                ? new Body.Broken(
                        ErrorCode.BAD_REQUEST,
                        "the reply cannot be sent: a reply topic is "
                                + topics.replies().name()
                                + " or begins with it and a '.', and a correlation id has at most "
                                + MAX_CORRELATION_BYTES + " bytes")
                : body(record.value());
        return new Request(record, replyTo, appended.plus(timeToLive(record)), body);
    }

    private static boolean asksForReply(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(Form.values())
                .anyMatch(form -> bytes(record, form.replyTopicHeader()).isPresent());
    }

    private static Body body(byte[] value) {
        if (value == null || value.length == 0) {
            return new Body.Broken(ErrorCode.BAD_REQUEST, "the request has no value");
        }
        if (value.length > MAX_COMMAND_BYTES) {
            return new Body.Broken(
                    ErrorCode.BAD_REQUEST,
                    "a request has at most " + MAX_COMMAND_BYTES + " bytes, this has " + value.length);
        }
        try {
            Command command = Json.read(value, Command.class);
            return command == null
                    ? new Body.Broken(ErrorCode.BAD_REQUEST, "a request is a JSON object")
                    : new Body.Valid(command);
        } catch (InvalidTypeIdException e) {
            return new Body.Broken(
                    ErrorCode.UNKNOWN_COMMAND,
                    e.getTypeId() == null ? "the field type is missing" : "no command " + bounded(e.getTypeId()));
        } catch (JacksonException e) {
            return new Body.Broken(ErrorCode.BAD_REQUEST, bounded(reason(e)));
        }
    }

    /** What our own constructors say is for people; what the parser says is at least a hint. */
    private static String reason(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException ours && ours.getMessage() != null
                ? ours.getMessage()
                : e.getOriginalMessage();
    }

    private static String bounded(String message) {
        String line =
                message == null ? "not readable" : message.lines().findFirst().orElse("not readable");
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
    }

    private Optional<ReplyAddress> replyAddress(ConsumerRecord<byte[], byte[]> record) {
        for (Form form : Form.values()) {
            Optional<String> topic = bytes(record, form.replyTopicHeader())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .filter(topics::isReplyTopic);
            byte[] correlationId = bytes(record, form.correlationIdHeader()).orElse(new byte[0]);
            if (topic.isPresent() && correlationId.length <= MAX_CORRELATION_BYTES) {
                return Optional.of(new ReplyAddress(
                        topic.get(),
                        bytes(record, form.replyPartitionHeader())
                                .map(RequestReader::partition)
                                .orElse(OptionalInt.empty()),
                        HexFormat.of().formatHex(correlationId),
                        form));
            }
        }
        return Optional.empty();
    }

    /** Binary if 4 bytes and the first is 0, as Spring for Apache Kafka writes it; else text. */
    private static OptionalInt partition(byte[] bytes) {
        if (bytes.length == Integer.BYTES && bytes[0] == 0) {
            return OptionalInt.of(ByteBuffer.wrap(bytes).getInt());
        }
        return number(bytes).stream()
                .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
                .mapToInt(value -> (int) value)
                .findFirst();
    }

    private static Duration timeToLive(ConsumerRecord<byte[], byte[]> record) {
        return bytes(record, Headers.TIME_TO_LIVE)
                .flatMap(bytes -> number(bytes).stream().boxed().findFirst())
                .filter(millis -> millis > 0 && millis <= Duration.ofDays(1).toMillis())
                .map(Duration::ofMillis)
                .orElse(DEFAULT_TIME_TO_LIVE);
    }

    private static OptionalLong number(byte[] bytes) {
        try {
            return OptionalLong.of(Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<byte[]> bytes(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name)).map(Header::value);
    }
}
