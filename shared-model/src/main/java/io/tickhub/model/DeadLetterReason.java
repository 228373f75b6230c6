package io.tickhub.model;

/** Why a record or a row could not be used. The name stands in the {@code reason} header of its dead letter. */
public enum DeadLetterReason {
    /** The record has no value, or an empty one. */
    EMPTY,
    /** The value is not one JSON object in UTF-8. */
    NOT_JSON,
    /** A field that every tick has is missing or null. */
    MISSING_FIELD,
    /** A field is of the wrong kind, or its text cannot be read. */
    INVALID_FIELD,
    /** A number or a time lies outside its range, or has too many digits. */
    OUT_OF_RANGE,
    /** The symbol in the tick is not the symbol of its topic. */
    WRONG_SYMBOL,
    /** The event time is more than five minutes ahead of the time of arrival. */
    FUTURE,
    /** The event time lies so far before the newest of its symbol that no bar can take the tick any more. */
    TOO_LATE,
    /** A command that cannot be read and names nobody to tell. */
    BAD_COMMAND
}
