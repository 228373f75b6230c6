package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.util.List;
import java.util.function.LongSupplier;

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

    private boolean isAlive(Entry<InstanceStatus> entry) {
        boolean appendedLately = !entry.appended().plus(InstanceStatus.LEASE).isBefore(services.newestAppend());
        boolean receivedLately = nanoTime.getAsLong() - entry.receivedNanos() <= InstanceStatus.LEASE.toNanos();
        return appendedLately && receivedLately;
    }
}
