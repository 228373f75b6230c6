package io.tickhub.client;

/** No Kafka broker answered, or it did not accept what the client asked of it. */
public final class BrokerException extends RequestException {

    private static final long serialVersionUID = 1L;

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
