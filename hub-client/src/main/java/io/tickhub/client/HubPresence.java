package io.tickhub.client;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether a hub is there, from the newest records of {@code services}. A hub counts as there while its newest record arrived here
 * less than a lease ago, by the local monotonic clock, and was appended less than a lease before the newest record of any
 * instance, by the broker's clock. A clean stop removes the record, so it is known at once. A record found at the start counts as
 * arrived then: whether it is an old one shows within the lease. Thread safe.
 */
final class HubPresence {

    private final Supplier<Collection<Entry<InstanceStatus>>> instances;
    private final Supplier<Instant> newestAppend;
    private final LongSupplier nanoClock;

    /**
     * @param instances the newest record of each instance that has one
     * @param newestAppend append time of the newest record of all, tombstones too
     * @param nanoClock the clock by which records are stamped when they arrive
     */
    HubPresence(
            Supplier<Collection<Entry<InstanceStatus>>> instances,
            Supplier<Instant> newestAppend,
            LongSupplier nanoClock) {
        this.instances = instances;
        this.newestAppend = newestAppend;
        this.nanoClock = nanoClock;
    }

    boolean isHubThere() {
        long now = nanoClock.getAsLong();
        Instant newest = newestAppend.get();
        return instances.get().stream().anyMatch(entry -> isHub(entry) && isAlive(entry, newest, now));
    }

    /** Why no hub is there: one sentence for a person. */
    String absence() {
        return instances.get().stream().anyMatch(HubPresence::isHub)
                ? "no hub is running: nothing was heard of one for " + InstanceStatus.LEASE.toSeconds() + " s"
                : "no hub is running: none has registered, or the last one has stopped";
    }

    private static boolean isAlive(Entry<InstanceStatus> entry, Instant newest, long nowNanos) {
        Duration silentHere = Duration.ofNanos(nowNanos - entry.receivedNanos());
        Duration olderThanNewest = Duration.between(entry.appended(), newest);
        return silentHere.compareTo(InstanceStatus.LEASE) < 0 && olderThanNewest.compareTo(InstanceStatus.LEASE) < 0;
    }

    private static boolean isHub(Entry<InstanceStatus> entry) {
        return entry.value().role() == Role.HUB;
    }
}
