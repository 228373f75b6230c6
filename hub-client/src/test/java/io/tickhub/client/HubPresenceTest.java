package io.tickhub.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.HubPresence.Heartbeat;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubPresenceTest {

    private static final Instant APPENDED = Instant.parse("2026-11-20T14:30:00Z");
    private static final long LEASE = InstanceStatus.LEASE.toNanos();

    private final HubPresence presence = new HubPresence();

    @Test
    void noRecordMeansNoHub() {
        presence.observe(Map.of(), 0);

        assertThat(presence.isHubThere(0)).isFalse();
        assertThat(presence.absence()).contains("none has registered");
    }

    @Test
    void anotherRoleIsNoHub() {
        presence.observe(Map.of("aggregator-1", new Heartbeat(Role.AGGREGATOR, 1, APPENDED)), 0);

        assertThat(presence.isHubThere(0)).isFalse();
    }

    @Test
    void aRecordFoundAtTheStartCountsForALease() {
        presence.observe(Map.of("hub-1", hub(1, APPENDED)), 0);
        presence.observe(Map.of("hub-1", hub(1, APPENDED)), LEASE - 1);

        assertThat(presence.isHubThere(LEASE - 1)).isTrue();
        assertThat(presence.isHubThere(LEASE)).isFalse();
        assertThat(presence.absence()).contains("nothing was heard of one for 3 s");
    }

    @Test
    void eachHeartbeatRenewsTheLease() {
        presence.observe(Map.of("hub-1", hub(1, APPENDED)), 0);
        presence.observe(Map.of("hub-1", hub(2, APPENDED.plusSeconds(2))), LEASE - 1);

        assertThat(presence.isHubThere(LEASE)).isTrue();
        assertThat(presence.isHubThere(2 * LEASE - 1)).isFalse();
    }

    @Test
    void aCleanStopIsKnownAtOnce() {
        presence.observe(Map.of("hub-1", hub(1, APPENDED)), 0);
        presence.observe(Map.of(), 1);

        assertThat(presence.isHubThere(1)).isFalse();
    }

    @Test
    void aHubRemainsWhenAnotherStops() {
        presence.observe(Map.of("hub-1", hub(1, APPENDED), "hub-2", hub(2, APPENDED)), 0);
        presence.observe(Map.of("hub-2", hub(2, APPENDED)), 1);

        assertThat(presence.isHubThere(1)).isTrue();
    }

    @Test
    void aRecordALeaseOlderThanTheNewestIsAnOldOne() {
        Instant newest = APPENDED.plus(InstanceStatus.LEASE);
        presence.observe(
                Map.of("hub-1", hub(1, APPENDED), "aggregator-1", new Heartbeat(Role.AGGREGATOR, 2, newest)), 0);

        assertThat(presence.isHubThere(0)).isFalse();
    }

    @Test
    void aRecordLittleOlderThanTheNewestCounts() {
        Instant newest = APPENDED.plus(InstanceStatus.LEASE).minus(Duration.ofMillis(1));
        presence.observe(
                Map.of("hub-1", hub(1, APPENDED), "aggregator-1", new Heartbeat(Role.AGGREGATOR, 2, newest)), 0);

        assertThat(presence.isHubThere(0)).isTrue();
    }

    private static Heartbeat hub(long offset, Instant appended) {
        return new Heartbeat(Role.HUB, offset, appended);
    }
}
