package io.tickhub.hub.command;

import static io.tickhub.hub.command.HubTablesFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.ClientId;
import io.tickhub.model.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant BEGINNING = Instant.parse("2026-01-05T14:30:00Z");
    private static final ClientId BOB = new ClientId("bob");

    private final HubTablesFixture fixture = new HubTablesFixture();
    private Set<ClientId> holders = Set.of(ALICE);
    private long seconds;
    private final Leases leases =
            new Leases(fixture.tables, LEASE, () -> Duration.ofSeconds(seconds).toNanos());

    @Test
    void whoIsSilentForALeaseIsOver() {
        leases.seen(ALICE, BEGINNING);
        leases.seen(BOB, BEGINNING.plusSeconds(40));
        holders = Set.of(ALICE, BOB);

        assertThat(overAfter(69, OptionalLong.of(0))).containsExactly(ALICE);
        assertThat(overAfter(71, OptionalLong.of(0))).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void nobodyIsOverWithinALeaseSinceThisHubAnswers() {
        leases.seen(ALICE, BEGINNING);

        assertThat(overAfter(60, OptionalLong.of(Duration.ofSeconds(45).toNanos())))
                .isEmpty();
    }

    @Test
    void nobodyIsOverWhomAnotherHubAnswers() {
        assertThat(overAfter(70, OptionalLong.empty())).isEmpty();
    }

    @Test
    void nobodyIsOverWithinALeaseSinceTheClusterWasAway() {
        leases.seen(ALICE, BEGINNING);
        assertThat(overAfter(20, OptionalLong.of(0))).isEmpty();
        // The append clock stands still for a minute, and then jumps.
        seconds = 80;

        assertThat(over(80, OptionalLong.of(0))).isEmpty();
        assertThat(overAfter(105, OptionalLong.of(0))).isEmpty();
        assertThat(overAfter(115, OptionalLong.of(0))).containsExactly(ALICE);
    }

    @Test
    void aLeaseIsWrittenWhenItIsNewAndThenSixTimesAtMost() {
        int written = 0;
        for (int second = 0; second < 30; second++) {
            leases.seen(ALICE, BEGINNING.plusSeconds(second));
            written += leases.take(client -> true).size();
        }

        assertThat(written).isEqualTo(5);
        assertThat(leases.take(client -> true)).isEmpty();
    }

    @Test
    void onlyHoldersHaveLeases() {
        leases.seen(ALICE, BEGINNING);

        assertThat(leases.take(client -> false)).isEmpty();
        assertThat(leases.take(client -> true)).containsExactly(new Lease(ALICE));
    }

    @Test
    void whatWasNotCommittedIsWrittenAgain() {
        leases.seen(ALICE, BEGINNING);
        assertThat(leases.take(client -> true)).hasSize(1);

        leases.rollBack();

        assertThat(leases.take(client -> true)).hasSize(1);
    }

    /** As time goes by evenly, a look each second. */
    private List<ClientId> overAfter(long second, OptionalLong answeredSince) {
        while (seconds < second - 1) {
            seconds++;
            over(seconds, answeredSince);
        }
        seconds++;
        return over(second, answeredSince);
    }

    private List<ClientId> over(long second, OptionalLong answeredSince) {
        return leases.over(holders, client -> answeredSince, BEGINNING.plusSeconds(second));
    }
}
