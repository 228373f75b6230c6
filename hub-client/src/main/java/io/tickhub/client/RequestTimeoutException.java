package io.tickhub.client;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A request was not answered in time. A hub may still carry it out later; sending the same request again does no harm: a
 * subscription that exists already stays as it is.
 */
public final class RequestTimeoutException extends RequestException {

    private static final long serialVersionUID = 1L;

    RequestTimeoutException(String request, Duration timeout) {
        super("no hub answered " + request + " within "
                + BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString() + " s");
    }
}
