package io.tickhub.client;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.presence.Instances;
import io.tickhub.runtime.table.CompactedTable;

/**
 * Whether a hub is there. A clean stop is known at once, a silent death within the lease. A record found at the start counts until
 * the lease is over: a client that finds only an old one sends its request and gives up when no newer one has come. Thread safe.
 */
interface HubPresence {

    boolean isHubThere();

    /** Whether there was a hub which has not said that it stops, and nothing is heard of one. */
    boolean isHubSilent();

    /** Why no hub is there: one sentence for a person. */
    String absence();

    /** Goes by the table of {@code services}. */
    static HubPresence from(CompactedTable<InstanceStatus> services) {
        Instances instances = new Instances(services, System::nanoTime);
        return new HubPresence() {
            @Override
            public boolean isHubThere() {
                return !instances.alive(Role.HUB).isEmpty();
            }

            @Override
            public boolean isHubSilent() {
                return !isHubThere() && instances.dead().stream().anyMatch(status -> status.role() == Role.HUB);
            }

            @Override
            public String absence() {
                return isHubSilent()
                        ? "no hub is running: nothing was heard of one for " + InstanceStatus.LEASE.toSeconds() + " s"
                        : "no hub is running: none has started, or the last one has stopped";
            }
        };
    }
}
