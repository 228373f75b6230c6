package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A shutdown of the whole system: the value of the record {@code drain} on {@code control}. The coordinator, the hub that read
 * the command, writes it. Immutable.
 *
 * @param epoch number of the drain, one more than that of the drain before
 * @param phase how far it has come
 * @param coordinator the instance that leads it
 * @param begunAt append time of the command, from which the timeout counts
 * @param timeout how long it may take
 * @param members the instances that were there when it began
 * @param ends from {@link Phase#CONSUME} on: the end offset of every tick topic, up to which is to be consumed
 */
public record DrainState(
        long epoch,
        Phase phase,
        String coordinator,
        Instant begunAt,
        Duration timeout,
        List<String> members,
        Map<String, Long> ends) {

    /** @throws NullPointerException if anything is missing, so that a record written by hand is refused where it is read */
    public DrainState {
        requireNonNull(phase, "phase");
        requireNonNull(coordinator, "coordinator");
        requireNonNull(begunAt, "begunAt");
        requireNonNull(timeout, "timeout");
        members = List.copyOf(members);
        ends = Map.copyOf(ends);
    }

    /** The key of the record. */
    public static final String KEY = "drain";

    /** How far a drain has come. */
    public enum Phase {
        /** Producers stop and flush. */
        STOP_PRODUCERS,
        /** Hubs and aggregators consume up to the ends, and stay in their groups. */
        CONSUME,
        /** All but the coordinator exit. */
        EXIT,
        /** It is over: a system may start again. */
        DONE
    }

    /** The append time after which nobody waits any longer. */
    public Instant deadline() {
        return begunAt.plus(timeout);
    }
}
