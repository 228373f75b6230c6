package io.tickhub.gateway.status;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the system does, as the gateway sees it. Immutable.
 *
 * @param time when, by the gateway's clock
 * @param hub whether a hub is there
 * @param instances all that have not said goodbye, in order of role and name
 * @param lag how far readers are behind; empty if the cluster did not tell
 * @param deadLetters what could not be used; empty if the cluster did not tell
 * @param gateway this gateway
 */
public record SystemStatus(
        Instant time,
        boolean hub,
        List<Instance> instances,
        Optional<Lag> lag,
        Optional<DeadLetters> deadLetters,
        Gateway gateway) {

    /**
     * One instance.
     *
     * @param alive whether it was heard within its lease
     * @param heardAt append time of what it said last
     */
    public record Instance(
            String instance,
            Role role,
            InstanceStatus.State state,
            String version,
            Instant startedAt,
            Instant heardAt,
            boolean alive) {}

    /**
     * Records that are published and not worked off yet.
     *
     * @param hubs ticks not copied into feeds yet
     * @param aggregators ticks not counted yet
     * @param gateway records of this gateway's feed that it has not done with, about a second's worth in normal operation
     */
    public record Lag(long hubs, long aggregators, long gateway) {}

    /**
     * What could not be used.
     *
     * @param open letters that are not resolved
     * @param exact false if there are so many records that they were not read: then {@code open} is the number of records
     * @param newest the last ones, newest first
     */
    public record DeadLetters(long open, boolean exact, List<Letter> newest) {}

    /** One dead letter, by the number that {@code tickhub dlq show} takes. */
    public record Letter(long number, Instant time, DeadLetterReason reason, String source, String detail) {}

    /**
     * This gateway.
     *
     * @param live whether ticks come as they are published
     * @param detail one sentence if they do not
     * @param feed topic of its feed
     * @param streams live streams and WebSockets
     */
    public record Gateway(boolean live, String detail, Optional<String> feed, int streams) {}
}
