package io.tickhub.model;

/** How much of the original record a dead letter holds. The name stands in the {@code original} header. */
public enum Original {
    /** The value, the key and all headers, byte for byte. */
    WHOLE,
    /** The beginning of the value only: the record was too large. */
    CUT_SHORT
}
