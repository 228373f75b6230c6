package io.tickhub.runtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.table.FilledTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private static final Duration LEASE = InstanceStatus.LEASE;
    private static final Instant BEGIN = Instant.parse("2026-11-20T14:30:00Z");

    private final FilledTable<InstanceStatus> services =
            new FilledTable<>(new Topics("").services(), InstanceStatus.class);

    /** How far the clock is ahead of the moment when records arrive. */
    private Duration later = Duration.ZERO;

    private final Instances instances = new Instances(services.table(), () -> System.nanoTime() + later.toNanos());

    @Test
    void anInstanceIsAliveByItsRole() {
        heartbeat("hub-1", Role.HUB, BEGIN);
        heartbeat("agg-1", Role.AGGREGATOR, BEGIN);

        assertThat(names(instances.alive(Role.HUB))).containsExactly("hub-1");
        assertThat(names(instances.alive())).containsExactlyInAnyOrder("hub-1", "agg-1");
        assertThat(instances.dead()).isEmpty();
    }

    @Test
    void aCleanStopIsKnownAtOnceAndLeavesNoDeadInstance() {
        heartbeat("hub-1", Role.HUB, BEGIN);
        services.remove("hub-1", BEGIN);

        assertThat(instances.alive()).isEmpty();
        assertThat(instances.dead()).isEmpty();
    }

    @Test
    void silenceHereForALeaseIsDeathThoughTheAppendClockStandsStill() {
        heartbeat("hub-1", Role.HUB, BEGIN);
        later = LEASE.minusSeconds(1);
        assertThat(names(instances.alive())).containsExactly("hub-1");

        later = LEASE.plusMillis(1);

        assertThat(instances.alive()).isEmpty();
        assertThat(names(instances.dead())).containsExactly("hub-1");
    }

    @Test
    void aRecordALeaseOlderThanTheNewestIsDeathThoughItArrivedJustNow() {
        heartbeat("hub-1", Role.HUB, BEGIN);
        heartbeat("agg-1", Role.AGGREGATOR, BEGIN.plus(LEASE));
        assertThat(names(instances.alive(Role.HUB))).containsExactly("hub-1");

        heartbeat("agg-1", Role.AGGREGATOR, BEGIN.plus(LEASE).plusMillis(1));

        assertThat(instances.alive(Role.HUB)).isEmpty();
        assertThat(names(instances.dead())).containsExactly("hub-1");
    }

    @Test
    void aHeartbeatRenewsTheLease() {
        heartbeat("hub-1", Role.HUB, BEGIN);
        heartbeat("agg-1", Role.AGGREGATOR, BEGIN.plusSeconds(10));
        heartbeat("hub-1", Role.HUB, BEGIN.plusSeconds(10));

        assertThat(names(instances.alive(Role.HUB))).containsExactly("hub-1");
    }

    private void heartbeat(String instance, Role role, Instant appended) {
        services.put(
                instance,
                new InstanceStatus(instance, role, "0.1.0", InstanceStatus.State.RUNNING, BEGIN, List.of()),
                appended);
    }

    private static List<String> names(List<InstanceStatus> statuses) {
        return statuses.stream().map(InstanceStatus::instance).toList();
    }
}
