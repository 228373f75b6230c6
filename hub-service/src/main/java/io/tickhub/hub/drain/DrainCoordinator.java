package io.tickhub.hub.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.DrainParticipant;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Leads the shutdown of the whole system from the hub that read the command; in every other hub it only follows. Stages: producers
 * stop and flush; hubs and aggregators consume to the ends; everybody exits; the coordinator last.
 *
 * <p>{@link #begin}, {@link #committed}, {@link #aborted} and {@link #isDraining} are for the command worker's thread, {@link #follow}
 * for the runtime's housekeeping thread. Between them stands one volatile reference.
 */
public final class DrainCoordinator implements DrainParticipant {

    /** What of the time is given to producers before the others go on without them. */
    private static final int PRODUCERS_SHARE = 2;
    /** How long the coordinator waits for the others to leave. */
    private static final Duration LAST_ONES = Duration.ofSeconds(5);

    private final ServiceRuntime runtime;
    private final DrainParticipant own;
    private final Runnable stop;
    private final Producer<byte[], byte[]> producer;
    private Optional<Lead> beginning = Optional.empty();
    private volatile Optional<Lead> lead = Optional.empty();

    // The housekeeping thread's.
    private final Map<String, InstanceStatus> members = new ConcurrentHashMap<>();
    private Optional<CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>>> ends = Optional.empty();
    private Phase written = Phase.STOP_PRODUCERS;
    private long exitSinceNanos;

    /** A drain that this hub leads. */
    private record Lead(DrainState begun, Consumer<Reply> reply) {}

    /**
     * @param own what this hub itself does in a drain, apart from leading it
     * @param stop asks this hub to stop
     * @param producer used, not owned
     */
    public DrainCoordinator(
            ServiceRuntime runtime, DrainParticipant own, Runnable stop, Producer<byte[], byte[]> producer) {
        this.runtime = runtime;
        this.own = own;
        this.stop = stop;
        this.producer = producer;
    }

    /** Whether a drain holds. */
    public boolean isDraining() {
        return beginning.isPresent()
                || lead.isPresent()
                || runtime.control()
                        .get(DrainState.KEY)
                        .filter(drain -> drain.phase() != Phase.DONE)
                        .filter(drain -> runtime.services().newestAppend().isBefore(drain.deadline()))
                        .isPresent();
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
                runtime.instances().alive().stream()
                        .map(InstanceStatus::instance)
                        .sorted()
                        .toList(),
                Map.of());
        beginning = Optional.of(new Lead(drain, reply));
        return record(drain);
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
        Optional<Lead> leading = lead.filter(mine -> mine.begun().epoch() == drain.epoch());
        if (leading.isEmpty()) {
            own.follow(drain);
            return;
        }
        remember();
        switch (drain.phase()) {
            case STOP_PRODUCERS -> {
                own.follow(drain);
                awaitProducers(drain);
            }
            case CONSUME -> {
                own.follow(drain);
                awaitConsumers(drain);
            }
            case EXIT -> awaitExit(drain, leading.get());
            case DONE -> stop.run();
        }
    }

    private void remember() {
        for (InstanceStatus status : runtime.instances().alive()) {
            members.put(status.instance(), status);
        }
    }

    private void awaitProducers(DrainState drain) {
        boolean late = runtime.services()
                .newestAppend()
                .isAfter(drain.begunAt().plus(drain.timeout().dividedBy(PRODUCERS_SHARE)));
        // A producer that has flushed says so and stays, as everybody does, until all may leave.
        boolean flushed =
                runtime.instances().alive(Role.PRODUCER).stream().allMatch(status -> status.state() == State.DRAINED);
        if (ends.isEmpty() && (late || flushed)) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            runtime.tickTopics().current().bySymbol().values().stream()
                    .filter(TickTopic::isUsable)
                    .forEach(topic -> latest.put(new TopicPartition(topic.name(), 0), OffsetSpec.latest()));
            ends = Optional.of(runtime.admin()
                    .listOffsets(latest)
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        ends.filter(CompletableFuture::isDone).ifPresent(found -> {
            if (found.isCompletedExceptionally()) {
                // A topic was deleted meanwhile, or the cluster did not answer: without ends nothing would be waited
                // for.
                ends = Optional.empty();
                return;
            }
            Map<String, Long> byTopic = new TreeMap<>();
            found.getNow(Map.of()).forEach((partition, info) -> byTopic.put(partition.topic(), info.offset()));
            advance(drain, Phase.CONSUME, byTopic);
        });
    }

    private void awaitConsumers(DrainState drain) {
        boolean all = runtime.instances().alive().stream()
                .filter(status -> status.role() != Role.PRODUCER)
                .allMatch(status -> status.state() == State.DRAINED);
        if (all) {
            advance(drain, Phase.EXIT, drain.ends());
        }
    }

    private void awaitExit(DrainState drain, Lead leading) {
        if (exitSinceNanos == 0) {
            exitSinceNanos = System.nanoTime();
        }
        boolean alone = runtime.instances().alive().stream()
                .allMatch(status -> status.instance().equals(runtime.config().instance()));
        if (!alone && System.nanoTime() - exitSinceNanos < LAST_ONES.toNanos()) {
            return;
        }
        List<Reply.Drained.Member> last = members.values().stream()
                .map(status -> new Reply.Drained.Member(status.instance(), status.role(), status.state()))
                .sorted(Comparator.comparing(Reply.Drained.Member::instance))
                .toList();
        boolean drained = alone
                && last.stream().allMatch(member -> member.role() == Role.PRODUCER || member.state() == State.DRAINED);
        leading.reply().accept(new Reply.Drained(drained, last));
        advance(drain, Phase.DONE, drain.ends());
        producer.flush();
        lead = Optional.empty();
        stop.run();
    }

    private void advance(DrainState drain, Phase next, Map<String, Long> byTopic) {
        if (written.compareTo(next) < 0) {
            written = next;
            var unused = producer.send(record(new DrainState(
                    drain.epoch(),
                    next,
                    drain.coordinator(),
                    drain.begunAt(),
                    drain.timeout(),
                    drain.members(),
                    byTopic)));
        }
    }

    private ProducerRecord<byte[], byte[]> record(DrainState drain) {
        return new ProducerRecord<>(
                runtime.topics().control().name(), DrainState.KEY.getBytes(StandardCharsets.UTF_8), Json.write(drain));
    }
}
