package io.tickhub.runtime.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.InstanceStatus;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the drain that stands in the {@code control} table. A drain that was over or out of time when this instance started is
 * never obeyed: its epoch is remembered. One that was obeyed is obeyed to its end: nothing that is written afterwards, by a coordinator
 * that was held up or by hand, takes it back. For one thread.
 *
 * <p>The deadline is compared with the newest append time of {@code services}, which this instance's own heartbeats move on, and
 * with the time since the drain was first seen here, for the case that the cluster is away.
 */
public final class DrainFollower {

    private static final Logger LOG = LoggerFactory.getLogger(DrainFollower.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final CompactedTable<DrainState> control;
    private final CompactedTable<InstanceStatus> services;
    private long ignoredEpoch;
    private Optional<DrainState> obeyed = Optional.empty();
    private long seenNanos;

    public DrainFollower(CompactedTable<DrainState> control, CompactedTable<InstanceStatus> services) {
        this.control = control;
        this.services = services;
    }

    /**
     * Looks once at the start.
     *
     * @param now the append time of this moment
     * @throws IllegalStateException if a drain holds: the system is being shut down
     */
    public void begin(Instant now) {
        Optional<DrainState> state = control.get(DrainState.KEY);
        if (state.isPresent()
                && state.get().phase() != Phase.DONE
                && now.isBefore(state.get().deadline())) {
            throw new IllegalStateException("the system is being shut down by "
                    + state.get().coordinator() + " until " + state.get().deadline() + "; start again after that");
        }
        ignoredEpoch = state.map(DrainState::epoch).orElse(0L);
    }

    /** The drain to be obeyed now. */
    public Optional<DrainState> current() {
        // One that is done holds too: an instance that was held up meanwhile may never see it in its other phases.
        control.get(DrainState.KEY)
                .filter(drain -> drain.epoch() > ignoredEpoch)
                .filter(this::isFurther)
                .ifPresent(this::obey);
        return obeyed;
    }

    private boolean isFurther(DrainState drain) {
        return obeyed.isEmpty()
                || drain.epoch() > obeyed.get().epoch()
                || (drain.epoch() == obeyed.get().epoch()
                        && drain.phase().compareTo(obeyed.get().phase()) > 0);
    }

    private void obey(DrainState drain) {
        if (obeyed.isEmpty() || drain.epoch() != obeyed.get().epoch()) {
            seenNanos = System.nanoTime();
            LOG.info("The system is being shut down by {}", drain.coordinator());
        }
        obeyed = Optional.of(drain);
    }

    /** Whether the time of a drain is over. */
    public boolean isOver(DrainState drain) {
        return services.newestAppend().isAfter(drain.deadline())
                || System.nanoTime() - seenNanos > drain.timeout().plus(GRACE).toNanos();
    }
}
