package io.tickhub.hub.command;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Lease;
import io.tickhub.runtime.presence.AppendClock;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Knows which clients that hold subscriptions are still there. Every command of a client is a sign of life. The hub that answers the
 * client writes one down now and then, so that every hub can tell how long a lease has to go, and the next one goes on from there. For
 * one thread.
 *
 * <p>A lease is not over while a sign of life may have been missed: within a lease since this hub answers the client, or since the
 * cluster was away.
 */
final class Leases {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int RECORDS_IN_A_LEASE = 6;

    private final HubTables tables;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final AppendClock clock;
    /** Append times of the newest commands of clients that came to this hub. */
    private final Map<ClientId, Instant> seen = new HashMap<>();
    /** What of it was written down last. */
    private final Map<ClientId, Instant> written = new HashMap<>();

    private long lookedNanos;

    /** @param nanoTime {@link System#nanoTime}, or a test's clock */
    Leases(HubTables tables, Duration lease, LongSupplier nanoTime) {
        this.tables = tables;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.clock = new AppendClock(lease, nanoTime.getAsLong());
        this.lookedNanos = nanoTime.getAsLong();
    }

    Duration length() {
        return lease;
    }

    /** A client has sent a command. */
    void seen(ClientId client, Instant appended) {
        seen.merge(client, appended, (before, now) -> now.isAfter(before) ? now : before);
    }

    /** Takes the leases that are to be written: of clients seen that hold something, each a few times in a lease. */
    List<Lease> take(Predicate<ClientId> isHolder) {
        List<Lease> due = new ArrayList<>();
        seen.forEach((client, at) -> {
            Instant before = written.getOrDefault(client, recorded(client));
            if (before.plus(lease.dividedBy(RECORDS_IN_A_LEASE)).isBefore(at) && isHolder.test(client)) {
                due.add(new Lease(client));
                written.put(client, at);
            }
        });
        return due;
    }

    /** What was taken last was not committed. */
    void rollBack() {
        written.clear();
    }

    /** Whether it is time to look for leases that are over. */
    boolean isLookDue() {
        return nanoTime.getAsLong() - lookedNanos >= LOOK.toNanos();
    }

    /**
     * The clients whose leases are over.
     *
     * @param holders those that hold something
     * @param answeredSince since when this hub answers a client, in nanoseconds; empty if it does not
     * @param now the append clock
     */
    List<ClientId> over(Set<ClientId> holders, Function<ClientId, OptionalLong> answeredSince, Instant now) {
        long nanos = nanoTime.getAsLong();
        lookedNanos = nanos;
        seen.keySet().retainAll(holders);
        written.keySet().retainAll(holders);
        if (!clock.isEven(now, nanos)) {
            return List.of();
        }
        return holders.stream()
                .filter(client -> {
                    OptionalLong since = answeredSince.apply(client);
                    return since.isPresent() && nanos - since.getAsLong() > lease.toNanos();
                })
                .filter(client -> last(client).plus(lease).isBefore(now))
                .toList();
    }

    private Instant last(ClientId client) {
        Instant here = seen.getOrDefault(client, Instant.EPOCH);
        Instant recorded = recorded(client);
        return here.isAfter(recorded) ? here : recorded;
    }

    private Instant recorded(ClientId client) {
        return tables.leases().entry(client.name()).map(Entry::appended).orElse(Instant.EPOCH);
    }
}
