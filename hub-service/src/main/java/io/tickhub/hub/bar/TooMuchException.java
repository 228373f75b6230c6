package io.tickhub.hub.bar;

/** A request would make the hub read more than it may for one answer. */
final class TooMuchException extends Exception {

    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
        super(message);
    }
}
