package io.tickhub.cluster;

/** The broker did not start or has died. The message is one sentence for the user; the exit code is 1. */
public final class BrokerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerFailedException(String sentence) {
        super(sentence);
    }
}
