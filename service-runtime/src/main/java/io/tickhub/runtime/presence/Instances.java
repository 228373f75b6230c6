package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who is there, read from the {@code services} table. An instance is alive while its newest record is younger than the lease, by
 * two clocks: append time against the newest append time of the table, and the time since the record was received here, because
 * the append clock stands still when everybody is gone. Thread safe.
 */
public final class Instances {

    private final CompactedTable<InstanceStatus> services;
    private final LongSupplier nanoTime;

    /** @param nanoTime {@link System#nanoTime}, or a test's clock */
    public Instances(CompactedTable<InstanceStatus> services, LongSupplier nanoTime) {
        this.services = services;
        this.nanoTime = nanoTime;
    }

    /** The instances that are alive. */
    public List<InstanceStatus> alive() {
        return services.entries().values().stream()
                .filter(this::isAlive)
                .map(Entry::value)
                .toList();
    }

    /** All that have a record, alive or dead. */
    List<InstanceStatus> known() {
        return services.values();
    }

    /** The instances of a role that are alive. */
    public List<InstanceStatus> alive(Role role) {
        return alive().stream().filter(status -> status.role() == role).toList();
    }

    /** Instances that ended without a tombstone, and whose lease is over. */
    public List<InstanceStatus> dead() {
        return services.entries().values().stream()
                .filter(entry -> !isAlive(entry))
                .map(Entry::value)
                .toList();
    }

    /**
     * Instances whose lease is over by the append clock alone: others go on writing, and this one does not. While nobody can write,
     * because the cluster is away, nobody is in this list who was not before.
     */
    Map<String, Entry<InstanceStatus>> fallenBehind() {
        return services.entries().entrySet().stream()
                .filter(entry -> !isAppendedLately(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The instances that were alive at some moment of append time; of longer ago than the lease those are missing that are gone. */
    public List<InstanceStatus> aliveAt(Instant moment) {
        return services.entries().values().stream()
                .filter(entry -> !entry.appended().plus(InstanceStatus.LEASE).isBefore(moment))
                .map(Entry::value)
                .toList();
    }

    /** The append clock as far as it was read here. */
    Instant newestAppend() {
        return services.newestAppend();
    }

    private boolean isAlive(Entry<InstanceStatus> entry) {
        return isAppendedLately(entry)
                && nanoTime.getAsLong() - entry.receivedNanos() <= InstanceStatus.LEASE.toNanos();
    }

    private boolean isAppendedLately(Entry<InstanceStatus> entry) {
        return !entry.appended().plus(InstanceStatus.LEASE).isBefore(services.newestAppend());
    }
}
