package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of a commands topic, understood as far as possible. Immutable.
 *
 * @param record the record
 * @param replyTo where the reply goes, if it may go anywhere
 * @param expires the append time after which nobody waits for the reply
 * @param body the command, or why there is none
 * @param identity the client whose own topic the record stands on: nobody else can have written it where Kafka asks who writes
 */
record Request(
        ConsumerRecord<byte[], byte[]> record,
        Optional<ReplyAddress> replyTo,
        Instant expires,
        Body body,
        Optional<ClientId> identity) {

    /** What the record's value says. */
    sealed interface Body {

        /** A command. */
        record Valid(Command command) implements Body {}

        /** No command. */
        record Broken(ErrorCode code, String message) implements Body {}
    }

    /**
     * Names the command for ever; becomes the id of a subscription that it makes. A client's own topic can be deleted and made again:
     * there the append time tells offsets apart, from those of the topic of all too.
     */
    String id() {
        return (identity.isPresent() ? record.timestamp() : record.partition()) + "-" + record.offset();
    }

    /** By which a repeated command is known: its correlation id in hexadecimal, or else its own id. */
    String correlation() {
        return replyTo.map(ReplyAddress::correlationId)
                .filter(hex -> !hex.isEmpty())
                .orElse(id());
    }
}
