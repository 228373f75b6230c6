package io.tickhub.model;

/** What went wrong with a command, in the {@code code} of an error reply. */
public enum ErrorCode {
    /** The request is not a JSON object of the documented form, or a value is out of range. */
    BAD_REQUEST,
    /** The request's type is none that the hub knows. */
    UNKNOWN_COMMAND,
    /** There is no topic for the symbol. */
    UNKNOWN_SYMBOL,
    /** The symbol's topic cannot be served: it has more than one partition. */
    UNUSABLE_SYMBOL,
    /** UNSUBSCRIBE names a symbol to which the client has no open subscription. */
    NOT_SUBSCRIBED,
    /** The request would pass a limit that the message names. */
    LIMIT_EXCEEDED,
    /** The request was written to a topic or a partition where it is not accepted. */
    WRONG_TOPIC,
    /** The system is being shut down and takes no new subscriptions. */
    DRAINING,
    /** Kafka did not do its part in time; the same request may be sent again. */
    UNAVAILABLE
}
