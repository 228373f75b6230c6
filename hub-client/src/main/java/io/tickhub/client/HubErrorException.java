package io.tickhub.client;

import io.tickhub.model.ErrorCode;

/** The hub refused a request. */
public final class HubErrorException extends RequestException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    HubErrorException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The kind of fault. */
    public ErrorCode code() {
        return code;
    }
}
