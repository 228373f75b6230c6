package io.tickhub.hub.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Receipt.Member;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.presence.Instances;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableFiller;
import io.tickhub.runtime.table.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollCallTest {

    private static final Instant BEGUN = Instant.parse("2026-11-20T14:30:00Z");
    private static final Topics TOPICS = new Topics("");

    private final CompactedTable<InstanceStatus> services = new TableReader(
                    new KafkaConfig("localhost:1", TOPICS, Map.of()), "never-started", failure -> {})
            .table(TOPICS.services(), InstanceStatus.class);
    // A clock that stands still: only append time decides.
    private final RollCall roll = new RollCall(services, new Instances(services, () -> 0));

    @Test
    void whoReportsAndSignsOffWhenAskedHasDrained() {
        beat("hub-1", Role.HUB, State.DRAINED, 0);
        call(Phase.CONSUME);
        leave("hub-1", 500);
        call(Phase.EXIT);

        assertThat(roll.members()).containsExactly(new Member("hub-1", Role.HUB, FinalState.DRAINED));
        assertThat(roll.present()).isEmpty();
        assertThat(roll.mayWork(Role.HUB)).isFalse();
    }

    @Test
    void whoSignsOffBeforeItIsAskedHasLeft() {
        beat("aggregator-1", Role.AGGREGATOR, State.DRAINING, 0);
        call(Phase.CONSUME);
        leave("aggregator-1", 500);
        call(Phase.CONSUME);
        call(Phase.EXIT);

        assertThat(states()).containsExactly(FinalState.LEFT);
    }

    @Test
    void whoIsSilentForLongerThanTheLeaseIsGoneAlsoWhenItsRecordIsRemoved() {
        beat("aggregator-1", Role.AGGREGATOR, State.DRAINING, 0);
        call(Phase.CONSUME);
        beat("hub-1", Role.HUB, State.DRAINING, 3_001);
        call(Phase.CONSUME);
        assertThat(roll.mayWork(Role.AGGREGATOR)).as("it may come back").isTrue();
        leave("aggregator-1", 3_500);
        call(Phase.EXIT);

        assertThat(states()).containsExactly(FinalState.GONE, FinalState.DRAINING);
    }

    @Test
    void whoDiesAndIsRemovedBetweenTwoLooksIsGone() {
        beat("aggregator-1", Role.AGGREGATOR, State.DRAINING, 0);
        call(Phase.CONSUME);
        leave("aggregator-1", 3_500);
        call(Phase.CONSUME);

        assertThat(states()).containsExactly(FinalState.GONE);
    }

    @Test
    void whoComesBackIsThereAgain() {
        beat("aggregator-1", Role.AGGREGATOR, State.RUNNING, 0);
        call(Phase.CONSUME);
        beat("hub-1", Role.HUB, State.DRAINING, 4_000);
        call(Phase.CONSUME);
        beat("aggregator-1", Role.AGGREGATOR, State.DRAINED, 4_500);
        call(Phase.CONSUME);

        assertThat(roll.present()).hasSize(2);
        assertThat(states()).containsExactly(FinalState.DRAINED, FinalState.DRAINING);
    }

    @Test
    void aMemberThatIsSilentFromTheBeginningIsMissed() {
        beat("hub-2", Role.HUB, State.RUNNING, 0);
        beat("hub-1", Role.HUB, State.DRAINING, 7_000);

        roll.call(drain(Phase.STOP_PRODUCERS, List.of("hub-1", "hub-2")));

        assertThat(states()).containsExactly(FinalState.DRAINING, FinalState.GONE);
    }

    @Test
    void whoTriesToStartMeanwhileIsNoMember() {
        beat("hub-late", Role.HUB, State.STARTING, 0);
        call(Phase.CONSUME);

        assertThat(roll.members()).isEmpty();
        assertThat(roll.present()).isEmpty();
    }

    @Test
    void figuresAreAddedUp() {
        drained("producer-1", new Figures(5, new TreeMap<>(Map.of("AAPL", 3L, "MSFT", 2L)), 0));
        drained("producer-2", new Figures(9, new TreeMap<>(Map.of("AAPL", 4L)), 1));
        call(Phase.CONSUME);

        assertThat(roll.figures(Role.PRODUCER)).containsOnly(Map.entry("AAPL", 7L), Map.entry("MSFT", 2L));
        assertThat(roll.total(Role.PRODUCER)).as("also of what was left out").isEqualTo(14);
        assertThat(roll.total(Role.HUB)).isZero();
    }

    private List<FinalState> states() {
        return roll.members().stream().map(Member::state).toList();
    }

    private void call(Phase phase) {
        roll.call(drain(phase, List.of()));
    }

    private static DrainState drain(Phase phase, List<String> members) {
        return new DrainState(1, phase, "hub-1", BEGUN, Duration.ofSeconds(30), members, Map.of());
    }

    private void beat(String instance, Role role, State state, long millis) {
        TableFiller.put(
                services,
                instance,
                new InstanceStatus(instance, role, "1", state, BEGUN, List.of()),
                BEGUN.plusMillis(millis));
    }

    private void drained(String instance, Figures figures) {
        TableFiller.put(
                services,
                instance,
                new InstanceStatus(instance, Role.PRODUCER, "1", State.DRAINED, BEGUN, List.of(), Optional.of(figures)),
                BEGUN);
    }

    private void leave(String instance, long millis) {
        TableFiller.remove(services, instance, BEGUN.plusMillis(millis));
    }
}
