package io.tickhub.client;

import io.tickhub.model.Topics;

/** No hub is running that could answer; the request may be sent again once one is. */
public final class NoHubException extends RequestException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence for a person */
    public NoHubException(String message) {
        super(message);
    }

    /** A topic of the system is not there. */
    static NoHubException missing(Topics.Spec topic) {
        return new NoHubException(
                "no hub has ever run in this Kafka cluster: topic " + topic.name() + " does not exist");
    }
}
