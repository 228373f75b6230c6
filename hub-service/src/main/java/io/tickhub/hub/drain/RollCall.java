package io.tickhub.hub.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Role;
import io.tickhub.runtime.presence.Instances;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who takes part in a drain, and how each one ends. For one thread.
 *
 * <p>An instance that signs off and one that dies both vanish from {@code services}: the dead one's record is removed by the
 * survivors. But that is after its lease, and a goodbye comes soon after the last heartbeat.
 */
final class RollCall {

    private final CompactedTable<InstanceStatus> services;
    private final Instances instances;
    private final Map<String, Seen> seenByName = new TreeMap<>();

    /** What is known of one instance. */
    private record Seen(InstanceStatus status, Instant heard, Place place) {

        Seen at(Place newPlace) {
            return new Seen(status, heard, newPlace);
        }
    }

    private enum Place {
        /** It is alive. */
        PRESENT,
        /** It is silent for longer than the lease. */
        SILENT,
        /** It said goodbye, before it was asked to leave. */
        LEFT_EARLY,
        /** It said goodbye when all were asked to leave. */
        LEFT
    }

    RollCall(CompactedTable<InstanceStatus> services, Instances instances) {
        this.services = services;
        this.instances = instances;
    }

    /** Looks once who is there. */
    void call(DrainState drain) {
        Set<String> alive =
                instances.alive().stream().map(InstanceStatus::instance).collect(Collectors.toSet());
        for (String name : alive) {
            services.entry(name)
                    .filter(entry -> takesPart(drain, entry))
                    .ifPresent(entry -> seenByName.put(name, new Seen(entry.value(), entry.appended(), Place.PRESENT)));
        }
        for (String name : drain.members()) {
            services.entry(name)
                    .filter(entry -> !seenByName.containsKey(name))
                    .ifPresent(entry -> seenByName.put(name, new Seen(entry.value(), entry.appended(), Place.SILENT)));
        }
        seenByName.replaceAll((name, seen) ->
                seen.place() == Place.PRESENT && !alive.contains(name) ? seen.at(placeOfAbsent(drain, seen)) : seen);
    }

    /** One that starts now shows itself for a moment, sees the drain and leaves. */
    private boolean takesPart(DrainState drain, Entry<InstanceStatus> entry) {
        String name = entry.value().instance();
        return seenByName.containsKey(name)
                || drain.members().contains(name)
                || entry.value().state() != State.STARTING;
    }

    private Place placeOfAbsent(DrainState drain, Seen seen) {
        boolean died = services.entry(seen.status().instance()).isPresent()
                || services.newestAppend().isAfter(seen.heard().plus(InstanceStatus.LEASE));
        if (died) {
            return Place.SILENT;
        }
        return drain.phase().compareTo(Phase.EXIT) < 0 ? Place.LEFT_EARLY : Place.LEFT;
    }

    /** Those that are there. */
    List<InstanceStatus> present() {
        return seenByName.values().stream()
                .filter(seen -> seen.place() == Place.PRESENT)
                .map(Seen::status)
                .toList();
    }

    /** Whether one of a role is there, or is only silent and may come back. */
    boolean mayWork(Role role) {
        return ofRole(role).anyMatch(seen -> seen.place() == Place.PRESENT || seen.place() == Place.SILENT);
    }

    /** What those of a role have reported, added up by name. */
    Map<String, Long> figures(Role role) {
        Map<String, Long> sums = new HashMap<>();
        ofRole(role).flatMap(seen -> seen.status().figures().stream()).forEach(figures -> figures.byName()
                .forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }

    /** What those of a role have reported in total. */
    long total(Role role) {
        return ofRole(role)
                .flatMap(seen -> seen.status().figures().stream())
                .mapToLong(Figures::total)
                .sum();
    }

    /** All that took part, in order of their names. */
    List<Receipt.Member> members() {
        return seenByName.values().stream()
                .map(seen -> new Receipt.Member(
                        seen.status().instance(), seen.status().role(), finalState(seen)))
                .toList();
    }

    private Stream<Seen> ofRole(Role role) {
        return seenByName.values().stream().filter(seen -> seen.status().role() == role);
    }

    private static FinalState finalState(Seen seen) {
        return switch (seen.place()) {
            case SILENT -> FinalState.GONE;
            case LEFT_EARLY -> seen.status().state() == State.DRAINED ? FinalState.DRAINED : FinalState.LEFT;
            case PRESENT, LEFT -> FinalState.of(seen.status().state());
        };
    }
}
