package io.tickhub.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an instance says of itself each {@link #HEARTBEAT}: the value of its record on {@code services}. A clean stop leaves a
 * tombstone; an instance silent for {@link #LEASE}, in append time, is gone. Immutable.
 *
 * @param instance its name, the key of the record
 * @param role what it does
 * @param version of its program
 * @param state where it is in its life
 * @param startedAt when it started, by its own clock
 * @param transactionalIds the producers whose open transactions a survivor may end once this instance is gone
 * @param figures what it has done, once it is {@link State#DRAINED}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InstanceStatus(
        String instance,
        Role role,
        String version,
        State state,
        Instant startedAt,
        List<String> transactionalIds,
        Optional<Figures> figures) {

    /**
     * A record written by hand is refused where it is read.
     *
     * @throws NullPointerException if anything is missing
     * @throws IllegalArgumentException if the start does not lie in the years 1 to 9999
     */
    public InstanceStatus {
        requireNonNull(instance, "instance");
        requireNonNull(role, "role");
        requireNonNull(version, "version");
        requireNonNull(state, "state");
        if (!Tick.isInRange(startedAt)) {
            throw new IllegalArgumentException("startedAt must lie in the years 1 to 9999");
        }
        transactionalIds = List.copyOf(transactionalIds);
        requireNonNull(figures, "figures");
    }

    /** Of an instance that is not drained. */
    public InstanceStatus(
            String instance, Role role, String version, State state, Instant startedAt, List<String> transactionalIds) {
        this(instance, role, version, state, startedAt, transactionalIds, Optional.empty());
    }

    /** Names this run of the instance: another start of the same instance is another one. */
    @JsonIgnore
    public String run() {
        return run(instance, startedAt);
    }

    /** Names a run of an instance. */
    public static String run(String instance, Instant startedAt) {
        return instance + "@" + startedAt.toEpochMilli();
    }

    /** Time between two records of an instance. */
    public static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** How long an instance counts as there after its last record. */
    public static final Duration LEASE = Duration.ofSeconds(3);

    /** Where an instance is in its life. */
    public enum State {
        /** It is there, but does not serve yet. */
        STARTING,
        /** It does its work. */
        RUNNING,
        /** A drain was announced and its share is not done yet. */
        DRAINING,
        /** Its share of a drain is done; it waits for the others. */
        DRAINED
    }
}
