package io.tickhub.hub.command;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.Reply;

/** A command that cannot be carried out; nothing of it has been. */
final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Rejected(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    Reply reply() {
        return new Reply.Failed(code, getMessage());
    }
}
