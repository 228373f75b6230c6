package io.tickhub.client.deadletter;

/** Dead letters could not be read or handled; the message is one sentence for a person. */
public final class DeadLetterQueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeadLetterQueueException(String message) {
        super(message);
    }

    DeadLetterQueueException(String message, Throwable cause) {
        super(message, cause);
    }
}
