package io.tickhub.client;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a hub is there, from the newest records of {@code services}. A hub counts as there while its newest record arrived here
 * less than a lease ago, by the local monotonic clock, and was appended less than a lease before the newest record of any
 * instance, by the broker's clock. A clean stop removes the record, so it is known at once. A record found at the start counts as
 * arrived then: whether it is an old one shows within the lease. Thread safe.
 */
final class HubPresence {

    /**
     * The newest record of an instance.
     *
     * @param role what the instance does
     * @param offset of the record
     * @param appended its append time
     */
    record Heartbeat(Role role, long offset, Instant appended) {}

    private record Seen(Heartbeat heartbeat, long arrivedNanos) {}

    private Map<String, Seen> seenByInstance = Map.of();
    private Instant newestAppended = Instant.EPOCH;

    /** Takes in the newest record of every instance that has one. */
    synchronized void observe(Map<String, Heartbeat> heartbeatByInstance, long nowNanos) {
        Map<String, Seen> seen = new HashMap<>();
        heartbeatByInstance.forEach((instance, heartbeat) -> {
            Seen before = seenByInstance.get(instance);
            boolean isNew = before == null || before.heartbeat().offset() != heartbeat.offset();
            seen.put(instance, isNew ? new Seen(heartbeat, nowNanos) : before);
            if (heartbeat.appended().isAfter(newestAppended)) {
                newestAppended = heartbeat.appended();
            }
        });
        seenByInstance = seen;
    }

    synchronized boolean isHubThere(long nowNanos) {
        return seenByInstance.values().stream().anyMatch(seen -> isHub(seen) && isAlive(seen, nowNanos));
    }

    /** Why no hub is there: one sentence for a person. */
    synchronized String absence() {
        return seenByInstance.values().stream().anyMatch(HubPresence::isHub)
                ? "no hub is running: nothing was heard of one for " + InstanceStatus.LEASE.toSeconds() + " s"
                : "no hub is running: none has registered, or the last one has stopped";
    }

    private boolean isAlive(Seen seen, long nowNanos) {
        Duration silentHere = Duration.ofNanos(nowNanos - seen.arrivedNanos());
        Duration olderThanNewest = Duration.between(seen.heartbeat().appended(), newestAppended);
        return silentHere.compareTo(InstanceStatus.LEASE) < 0 && olderThanNewest.compareTo(InstanceStatus.LEASE) < 0;
    }

    private static boolean isHub(Seen seen) {
        return seen.heartbeat().role() == Role.HUB;
    }
}
