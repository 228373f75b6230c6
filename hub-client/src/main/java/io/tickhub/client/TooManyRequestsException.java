package io.tickhub.client;

/** As many requests as the client allows wait for their replies already. */
public final class TooManyRequestsException extends RequestException {

    private static final long serialVersionUID = 1L;

    TooManyRequestsException(String request, int limit) {
        super(request + " was not sent: " + limit
                + " requests are waiting for replies, the most that this client allows");
    }
}
