package io.tickhub.runtime.access;

/** Users or rights could not be changed; the message is one sentence for a person. */
public final class AccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AccessException(String message) {
        super(message);
    }

    AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
