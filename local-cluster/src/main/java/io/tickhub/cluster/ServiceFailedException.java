package io.tickhub.cluster;

import io.tickhub.model.Role;
import java.util.concurrent.CompletionException;

/** A service did not start, has died or did not end. The message is one sentence for the user; the exit code is 1. */
public final class ServiceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    static ServiceFailedException notStarted(Role role, Throwable cause) {
        return of("the " + role.text() + " did not start: ", cause);
    }

    static ServiceFailedException died(Role role, Throwable cause) {
        return of("the " + role.text() + " has died: ", cause);
    }

    private static ServiceFailedException of(String what, Throwable cause) {
        Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        return new ServiceFailedException(
                what + (root.getMessage() == null ? root.toString() : root.getMessage()), root);
    }
}
