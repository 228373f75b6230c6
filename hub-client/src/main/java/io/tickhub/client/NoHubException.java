package io.tickhub.client;

/** No hub is running that could answer; the request may be sent again once one is. */
public final class NoHubException extends RequestException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence for a person */
    public NoHubException(String message) {
        super(message);
    }
}
