package io.tickhub.hub.drain;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Reply;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.DrainParticipant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Leads the shutdown of the whole system from the hub that read the command; in every other hub it only follows.
 *
 * <p>{@link #begin}, {@link #committed}, {@link #aborted} and {@link #holding} are for the command worker's thread, {@link #follow}
 * for the runtime's housekeeping thread. Between them stands one volatile reference.
 */
public final class DrainCoordinator implements DrainParticipant {

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final DrainParticipant own;
    private final Runnable stop;
    private final Producer<byte[], byte[]> producer;
    private Optional<DrainLead> beginning = Optional.empty();
    private volatile Optional<DrainLead> lead = Optional.empty();

    /**
     * @param own what this hub itself does in a drain, apart from leading it
     * @param stop asks this hub to stop
     * @param producer used, not owned
     */
    public DrainCoordinator(
            ServiceRuntime runtime,
            HubTables tables,
            DrainParticipant own,
            Runnable stop,
            Producer<byte[], byte[]> producer) {
        this.runtime = runtime;
        this.tables = tables;
        this.own = own;
        this.stop = stop;
        this.producer = producer;
    }

    /** The drain that holds, if one does. */
    public Optional<DrainState> holding() {
        return beginning.or(() -> lead).map(DrainLead::begun).or(() -> runtime.control()
                .get(DrainState.KEY)
                .filter(drain -> drain.phase() != Phase.DONE)
                .filter(drain -> runtime.services().newestAppend().isBefore(drain.deadline())));
    }

    /**
     * Begins a drain as soon as the record is committed.
     *
     * @param begunAt append time of the command
     * @param reply told how it ended
     * @return the record that announces it
     */
    public ProducerRecord<byte[], byte[]> begin(Instant begunAt, Duration timeout, Consumer<Reply> reply) {
        long epoch =
                1 + runtime.control().get(DrainState.KEY).map(DrainState::epoch).orElse(0L);
        DrainState drain = new DrainState(
                epoch,
                Phase.STOP_PRODUCERS,
                runtime.config().instance(),
                begunAt,
                timeout,
                // Then, not now: whoever died or was held up since then is missed, and named.
                runtime.instances().aliveAt(begunAt).stream()
                        .map(InstanceStatus::instance)
                        .sorted()
                        .toList(),
                Map.of());
        beginning = Optional.of(new DrainLead(drain, reply, runtime, tables, own, producer));
        return DrainLead.record(runtime, drain);
    }

    /** The announcement is committed. */
    public void committed() {
        if (beginning.isPresent()) {
            lead = beginning;
            beginning = Optional.empty();
        }
    }

    /** The announcement was not committed; the command will be read again. */
    public void aborted() {
        beginning = Optional.empty();
    }

    @Override
    public void follow(DrainState drain) {
        Optional<DrainLead> leading = lead.filter(mine -> mine.begun().epoch() == drain.epoch());
        if (leading.isEmpty()) {
            own.follow(drain);
            return;
        }
        leading.get().follow(drain);
        if (leading.get().isOver()) {
            stop.run();
        }
    }

    @Override
    public Figures figures() {
        return own.figures();
    }
}
