package io.tickhub.client;

/** Kafka refused the user or password, or does not allow this user what the request needs. */
public final class NotAllowedException extends RequestException {

    private static final long serialVersionUID = 1L;

    NotAllowedException(String message, Throwable cause) {
        super(message, cause);
    }
}
