package io.tickhub.model;

/** What became of a record's bytes: a tick, or the reason why they are none. */
public sealed interface Decoded {

    /** The bytes were a valid tick. */
    record Valid(Tick tick) implements Decoded {}

    /**
     * The bytes were no valid tick.
     *
     * @param reason the kind of fault
     * @param detail one sentence for a person, bounded in length
     */
    record Malformed(DeadLetterReason reason, String detail) implements Decoded {}
}
