package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class HubPresenceTest {

    private static final Duration LEASE = InstanceStatus.LEASE;

    private final Map<String, Entry<InstanceStatus>> table = new ConcurrentHashMap<>();
    private Instant newestAppend = Instant.parse("2026-11-20T14:30:00Z");
    private long nowNanos = Long.MAX_VALUE - 5; // a nano clock may overflow
    private final HubPresence presence = new HubPresence(table::values, () -> newestAppend, () -> nowNanos);

    @Test
    void noRecordMeansNoHub() {
        assertThat(presence.isHubThere()).isFalse();
        assertThat(presence.absence()).contains("none has registered");
    }

    @Test
    void anotherRoleIsNoHub() {
        heartbeat("aggregator-1", Role.AGGREGATOR);

        assertThat(presence.isHubThere()).isFalse();
    }

    @Test
    void aRecordCountsForALease() {
        heartbeat("hub-1", Role.HUB);
        nowNanos += LEASE.toNanos() - 1;
        assertThat(presence.isHubThere()).isTrue();

        nowNanos++;

        assertThat(presence.isHubThere()).isFalse();
        assertThat(presence.absence()).contains("nothing was heard of one for 3 s");
    }

    @Test
    void eachHeartbeatRenewsTheLease() {
        heartbeat("hub-1", Role.HUB);
        nowNanos += LEASE.toNanos() - 1;
        heartbeat("hub-1", Role.HUB);
        nowNanos += LEASE.toNanos() - 1;

        assertThat(presence.isHubThere()).isTrue();
    }

    @Test
    void aCleanStopIsKnownAtOnce() {
        heartbeat("hub-1", Role.HUB);
        heartbeat("hub-2", Role.HUB);

        table.remove("hub-1");
        assertThat(presence.isHubThere()).isTrue();
        table.remove("hub-2");
        assertThat(presence.isHubThere()).isFalse();
    }

    @Test
    void aRecordALeaseOlderThanTheNewestIsAnOldOne() {
        heartbeat("hub-1", Role.HUB);

        newestAppend = newestAppend.plus(LEASE).minusMillis(1);
        heartbeat("aggregator-1", Role.AGGREGATOR);
        assertThat(presence.isHubThere()).isTrue();

        newestAppend = newestAppend.plusMillis(1);
        heartbeat("aggregator-1", Role.AGGREGATOR);
        assertThat(presence.isHubThere()).isFalse();
    }

    private void heartbeat(String instance, Role role) {
        InstanceStatus status =
                new InstanceStatus(instance, role, "0.1.0", InstanceStatus.State.RUNNING, Instant.EPOCH, List.of());
        table.put(instance, new Entry<>(status, 0, newestAppend, nowNanos));
    }
}
