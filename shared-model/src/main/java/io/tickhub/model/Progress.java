package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far the owner of a symbol has copied a subscription: the value of a record on {@code progress}, under the subscription's
 * key. Changed only in the owner's transactions. Immutable.
 *
 * @param state what is true of it
 * @param next with {@link State#CATCHING_UP}: the first offset not copied yet; with {@link State#ENDED}: the offset after the
 *     last one copied; else 0
 * @param owner the run of an instance that wrote it, as {@link InstanceStatus#run} names it; may be empty
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Progress(State state, long next, String owner) {

    /** @throws NullPointerException without a state */
    public Progress {
        requireNonNull(state, "state");
        owner = owner == null ? "" : owner;
    }

    /** Everything before the group's committed offset has been copied. */
    public static final Progress LIVE = new Progress(State.LIVE, 0, "");

    /** What is true of a subscription. */
    public enum State {
        /** Everything of the range before {@code next} has been copied; the rest follows in slices. */
        CATCHING_UP,
        /** Everything of the range before the group's committed offset has been copied. */
        LIVE,
        /** Nothing more will be copied: the range is complete, or its feed is gone. */
        ENDED
    }

    public static Progress catchingUp(long next) {
        return new Progress(State.CATCHING_UP, next, "");
    }

    public static Progress ended(long next) {
        return new Progress(State.ENDED, next, "");
    }

    /** The same, written by the run of an instance. */
    public Progress by(String run) {
        return new Progress(state, next, run);
    }
}
