package io.tickhub.producer.replay;

/** A file cannot be replayed at all, because of what it is called or how it begins; the message is one sentence for a person. */
public final class UnusableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
        super(message);
    }
}
