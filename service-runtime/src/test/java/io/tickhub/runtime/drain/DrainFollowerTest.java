package io.tickhub.runtime.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrainFollowerTest {

    private static final Instant BEGUN = Instant.parse("2026-11-20T14:30:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final CompactedTable<DrainState> control = Tables.empty(new Topics("").control(), DrainState.class);
    private final CompactedTable<InstanceStatus> services =
            Tables.empty(new Topics("").services(), InstanceStatus.class);
    private final DrainFollower follower = new DrainFollower(control, services);

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"STOP_PRODUCERS", "CONSUME", "EXIT"})
    void whileADrainHoldsNothingStarts(Phase phase) {
        drain(3, phase);

        assertThatThrownBy(() -> follower.begin(BEGUN.plusSeconds(29)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hub-1")
                .hasMessageContaining("2026-11-20T14:30:30Z");
    }

    @Test
    void aDrainWhoseTimeIsOverHoldsNoLongerAndIsNeverObeyed() {
        drain(3, Phase.CONSUME);

        assertThatCode(() -> follower.begin(BEGUN.plus(TIMEOUT))).doesNotThrowAnyException();
        assertThat(follower.current()).isEmpty();
        drain(3, Phase.EXIT);
        assertThat(follower.current()).as("its coordinator lives on").isEmpty();
        drain(3, Phase.DONE);
        assertThat(follower.current()).isEmpty();
    }

    @Test
    void aDrainThatIsDoneDoesNotKeepAnybodyFromStarting() {
        drain(3, Phase.DONE);

        assertThatCode(() -> follower.begin(BEGUN.plusSeconds(1))).doesNotThrowAnyException();
        assertThat(follower.current()).isEmpty();
    }

    @Test
    void aDrainThatBeginsLaterIsObeyedInEachPhase() {
        follower.begin(BEGUN.minusSeconds(1));

        for (Phase phase : Phase.values()) {
            drain(1, phase);
            assertThat(follower.current()).map(DrainState::phase).contains(phase);
        }
    }

    @Test
    void whoWasHeldUpForTheWholeDrainObeysItAtItsEnd() {
        drain(3, Phase.DONE);
        follower.begin(BEGUN);

        drain(4, Phase.DONE);

        assertThat(follower.current()).map(DrainState::epoch).contains(4L);
    }

    @Test
    void aDrainThatIsObeyedIsNotTakenBack() {
        follower.begin(BEGUN);
        drain(4, Phase.CONSUME);
        assertThat(follower.current()).map(DrainState::epoch).contains(4L);

        drain(4, Phase.STOP_PRODUCERS);
        assertThat(follower.current())
                .as("an earlier phase of it")
                .map(DrainState::phase)
                .contains(Phase.CONSUME);
        drain(3, Phase.DONE);
        assertThat(follower.current())
                .as("a coordinator of an earlier drain comes back")
                .map(DrainState::phase)
                .contains(Phase.CONSUME);
        Tables.remove(control, DrainState.KEY, 9, BEGUN);
        assertThat(follower.current())
                .as("the record is deleted")
                .map(DrainState::epoch)
                .contains(4L);
    }

    @Test
    void withoutAnyDrainThereIsNothingToObey() {
        follower.begin(BEGUN);

        assertThat(follower.current()).isEqualTo(Optional.empty());
    }

    @Test
    void itsTimeIsOverByTheAppendClock() {
        follower.begin(BEGUN);
        drain(1, Phase.CONSUME);
        DrainState drain = follower.current().orElseThrow();

        beat(BEGUN.plus(TIMEOUT));
        assertThat(follower.isOver(drain)).isFalse();
        beat(BEGUN.plus(TIMEOUT).plusMillis(1));
        assertThat(follower.isOver(drain)).isTrue();
    }

    private void drain(long epoch, Phase phase) {
        Tables.put(
                control,
                DrainState.KEY,
                new DrainState(epoch, phase, "hub-1", BEGUN, TIMEOUT, List.of("hub-1"), Map.of()),
                epoch,
                BEGUN);
    }

    private void beat(Instant appended) {
        Tables.put(
                services,
                "hub-1",
                new InstanceStatus("hub-1", Role.HUB, "1", State.RUNNING, BEGUN, List.of()),
                0,
                appended);
    }
}
