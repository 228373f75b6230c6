package io.tickhub.model;

/** What a person did with a dead letter. The name stands in the {@code resolution} header of a record that hides the letter. */
public enum Resolution {
    /** The original was sent again to the topic it came from. */
    REPLAYED,
    /** Nothing more is to be done about it. */
    DROPPED
}
