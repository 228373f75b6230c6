package io.tickhub.runtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstancesTest {

    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    private static final long HEARTBEAT = InstanceStatus.HEARTBEAT.toNanos();

    private final CompactedTable<InstanceStatus> services =
            Tables.empty(new Topics("").services(), InstanceStatus.class);
    private final AtomicLong laterNanos = new AtomicLong();
    private final Instances instances = new Instances(services, () -> System.nanoTime() + laterNanos.get());

    @Test
    void anInstanceLivesForTheWholeOfItsLease() {
        beat("hub-1", Role.HUB, START);
        beat("hub-2", Role.HUB, START.plus(InstanceStatus.LEASE));

        assertThat(instances.alive()).extracting(InstanceStatus::instance).containsExactlyInAnyOrder("hub-1", "hub-2");
        assertThat(instances.dead()).isEmpty();
    }

    @Test
    void itIsDeadOnceTheAppendClockHasPassedItsLease() {
        beat("hub-1", Role.HUB, START);
        beat("hub-2", Role.HUB, START.plus(InstanceStatus.LEASE).plusMillis(1));

        assertThat(instances.alive()).extracting(InstanceStatus::instance).containsExactly("hub-2");
        assertThat(instances.dead()).extracting(InstanceStatus::instance).containsExactly("hub-1");
        assertThat(instances.fallenBehind()).containsOnlyKeys("hub-1");
    }

    @Test
    void whenNobodyWritesAnyMoreNobodyIsThereButNobodyHasFallenBehindEither() {
        beat("hub-1", Role.HUB, START);
        beat("hub-2", Role.HUB, START);
        laterNanos.set(InstanceStatus.LEASE.plusSeconds(1).toNanos());

        assertThat(instances.alive()).isEmpty();
        assertThat(instances.dead()).hasSize(2);
        assertThat(instances.fallenBehind())
                .as("nobody is to be fenced for an outage")
                .isEmpty();
    }

    @Test
    void aGoodbyeIsNoDeath() {
        beat("hub-1", Role.HUB, START);
        Tables.remove(services, "hub-1", 1, START.plus(Duration.ofMinutes(1)));

        assertThat(instances.alive()).isEmpty();
        assertThat(instances.dead()).isEmpty();
    }

    @Test
    void rolesAreToldApart() {
        beat("hub-1", Role.HUB, START);
        beat("aggregator-1", Role.AGGREGATOR, START);

        assertThat(instances.alive(Role.AGGREGATOR))
                .extracting(InstanceStatus::instance)
                .containsExactly("aggregator-1");
        assertThat(instances.alive(Role.PRODUCER)).isEmpty();
    }

    @Test
    void theAppendClockIsTrustedOnceItHasRunForALease() {
        AppendClock clock = new AppendClock(InstanceStatus.LEASE, 0);
        long nanos = 0;
        boolean even = true;
        for (int beat = 1; beat <= 5; beat++) {
            nanos = beat * HEARTBEAT;
            even = clock.isEven(START.plusNanos(nanos), nanos);
        }

        assertThat(even).as("2.5 s after the start").isFalse();
        assertThat(clock.isEven(START.plusSeconds(3), InstanceStatus.LEASE.toNanos()))
                .isTrue();
    }

    @Test
    void afterTheClockStoodStillItIsNotTrustedUntilEverybodyCouldWriteAgain() {
        AppendClock clock = new AppendClock(InstanceStatus.LEASE, 0);
        long returned = Duration.ofSeconds(60).toNanos();
        clock.isEven(START, HEARTBEAT);

        assertThat(clock.isEven(START, returned)).as("still away").isFalse();
        assertThat(clock.isEven(START.plusSeconds(60), returned + HEARTBEAT))
                .as("just back")
                .isFalse();
        boolean even = false;
        for (int beat = 2; beat <= 9; beat++) {
            even = clock.isEven(START.plusSeconds(60 + beat), returned + beat * HEARTBEAT);
        }
        assertThat(even).as("four seconds later").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -2, 2, 40, 300})
    void afterTheClockHasJumpedItIsNotTrustedUntilEverybodyCouldWriteAgain(long seconds) {
        AppendClock clock = new AppendClock(InstanceStatus.LEASE, 0);
        boolean even = false;
        for (int beat = 1; beat <= 10; beat++) {
            even = clock.isEven(START.plusNanos(beat * HEARTBEAT), beat * HEARTBEAT);
        }
        assertThat(even).as("before").isTrue();

        Instant set = START.plusSeconds(seconds);
        for (int beat = 11; beat <= 16; beat++) {
            assertThat(clock.isEven(set.plusNanos(beat * HEARTBEAT), beat * HEARTBEAT))
                    .as("%d beats after it was set", beat - 11)
                    .isFalse();
        }
        for (int beat = 17; beat <= 18; beat++) {
            even = clock.isEven(set.plusNanos(beat * HEARTBEAT), beat * HEARTBEAT);
        }
        assertThat(even).as("3.5 s later").isTrue();
    }

    private void beat(String instance, Role role, Instant appended) {
        Tables.put(
                services,
                instance,
                new InstanceStatus(instance, role, "1", State.RUNNING, START, List.of()),
                0,
                appended);
    }
}
