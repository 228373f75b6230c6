package io.tickhub.producer.publish;

/** Kafka refused a record for good; nothing after it may be published, or it would be missing in between. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublishException(String topic, Throwable cause) {
        super("Kafka refused a record for topic " + topic + ": " + cause.getMessage(), cause);
    }
}
