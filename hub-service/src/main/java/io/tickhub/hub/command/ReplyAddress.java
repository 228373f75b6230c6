package io.tickhub.hub.command;

import io.tickhub.model.Headers;
import java.util.OptionalInt;

/**
 * Where a reply goes and how it is marked. Immutable.
 *
 * @param topic the reply topic, one that the hub may write to
 * @param partition the partition, if the request names one
 * @param correlationId in hexadecimal, echoed byte for byte; empty if the request has none
 * @param form the header names that the request used
 */
record ReplyAddress(String topic, OptionalInt partition, String correlationId, Form form) {

    /** Whose header names a request uses; the reply uses the same. */
    enum Form {
        SPRING(Headers.CORRELATION_ID, Headers.REPLY_TOPIC, Headers.REPLY_PARTITION),
        SMALLRYE(Headers.SMALLRYE_CORRELATION_ID, Headers.SMALLRYE_REPLY_TOPIC, Headers.SMALLRYE_REPLY_PARTITION);

        private final String correlationId;
        private final String replyTopic;
        private final String replyPartition;

        Form(String correlationId, String replyTopic, String replyPartition) {
            this.correlationId = correlationId;
            this.replyTopic = replyTopic;
            this.replyPartition = replyPartition;
        }

        String correlationIdHeader() {
            return correlationId;
        }

        String replyTopicHeader() {
            return replyTopic;
        }

        String replyPartitionHeader() {
            return replyPartition;
        }
    }
}
