package io.tickhub.client;

/** A feed, or what is delivered directly, can no longer be read: its subscriptions have stopped before their end. */
public final class FeedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
