package io.tickhub.producer.publish;

/**
 * A symbol's topic is not as a tick topic must be, or does not tell any longer which rows arrived; the message says what is wrong
 * and what to do.
 */
public final class UnusableTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableTopicException(String message) {
        super(message);
    }
}
