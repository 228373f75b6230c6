package io.tickhub.hub.command;

import io.tickhub.hub.command.ReplyAddress.Form;
import io.tickhub.hub.command.Request.Body;
import io.tickhub.model.ClientId;
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
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidTypeIdException;

/**
 * Reads requests. Never throws for what a record holds. Thread safe.
 *
 * <p>What stands on a client's own topic is that client's, whatever it says of itself, and is answered on the client's own topic of
 * replies only; nothing else is answered there.
 */
final class RequestReader {

    private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(1);
    private static final int MAX_CORRELATION_BYTES = 256;
    private static final int MAX_COMMAND_BYTES = 256 * 1024;
    private static final int MAX_MESSAGE = 300;

    private final Topics topics;
    private final Predicate<ClientId> hasOwn;

    /** @param hasOwn whether a client has a topic for its own commands alone */
    RequestReader(Topics topics, Predicate<ClientId> hasOwn) {
        this.topics = topics;
        this.hasOwn = hasOwn;
    }

    Request read(ConsumerRecord<byte[], byte[]> record) {
        Optional<ClientId> identity = topics.clientOfCommands(record.topic());
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        Optional<ReplyAddress> replyTo = replyAddress(record, identity);
        Body body = replyTo.isEmpty() && asksForReply(record)
                ? new Body.Broken(
                        ErrorCode.BAD_REQUEST,
                        "the reply cannot be sent: " + whereRepliesGo(identity) + ", and a correlation id has at most "
                                + MAX_CORRELATION_BYTES + " bytes")
                : body(record, identity);
        return new Request(record, replyTo, appended.plus(timeToLive(record)), body, identity);
    }

    private String whereRepliesGo(Optional<ClientId> identity) {
        return identity.map(client -> "the replies to " + client + " go to "
                        + topics.replies(client).name())
                .orElseGet(() -> "a reply topic is " + topics.replies().name()
                        + " or begins with it and a '.', and is not that of a client with its own topic of commands");
    }

    private static boolean asksForReply(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(Form.values())
                .anyMatch(form -> bytes(record, form.replyTopicHeader()).isPresent());
    }

    private Body body(ConsumerRecord<byte[], byte[]> record, Optional<ClientId> identity) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return new Body.Broken(ErrorCode.BAD_REQUEST, "the request has no value");
        }
        if (value.length > MAX_COMMAND_BYTES) {
            return new Body.Broken(
                    ErrorCode.BAD_REQUEST,
                    "a request has at most " + MAX_COMMAND_BYTES + " bytes, this has " + value.length);
        }
        try {
            Command command = identity.map(client -> Json.readWith("client", client.name(), value, Command.class))
                    .orElseGet(() -> Json.read(value, Command.class));
            return record.topic().equals(topics.commands().name()) && hasOwn.test(command.client())
                    ? new Body.Broken(
                            ErrorCode.WRONG_TOPIC,
                            "the commands of client " + command.client() + " belong on "
                                    + topics.commands(command.client()).name())
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

    private Optional<ReplyAddress> replyAddress(ConsumerRecord<byte[], byte[]> record, Optional<ClientId> identity) {
        for (Form form : Form.values()) {
            Optional<String> topic = bytes(record, form.replyTopicHeader())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .filter(replies -> isAllowed(replies, identity));
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

    private boolean isAllowed(String replies, Optional<ClientId> identity) {
        return identity.map(client -> replies.equals(topics.replies(client).name()))
                .orElseGet(() -> topics.isReplyTopic(replies)
                        && topics.clientOfReplies(replies).filter(hasOwn).isEmpty());
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
