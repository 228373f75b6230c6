package io.tickhub.hub.drain;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.DrainParticipant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drain, led by this hub. Producers stop and flush; then the ends of all topics are taken; hubs and aggregators consume up to
 * them; when Kafka itself says that all is counted and forwarded, everybody exits; the receipt is sent, and this hub exits last.
 *
 * <p>Nobody is waited for who is silent for longer than the lease, but what was to be done by it is: the survivors take it over.
 * For the housekeeping thread.
 */
final class DrainLead {

    private static final Logger LOG = LoggerFactory.getLogger(DrainLead.class);

    /** What of the time is given to producers before the others go on without them. */
    private static final int PRODUCERS_SHARE = 2;
    /** How long to wait for the others to leave, and then for the figures if they are not known yet. */
    private static final Duration LAST_ONES = Duration.ofSeconds(5);

    private static final Duration LAST_FIGURES = Duration.ofSeconds(3);

    private final DrainState begun;
    private final Consumer<Reply> reply;
    private final ServiceRuntime runtime;
    private final DrainParticipant own;
    private final Producer<byte[], byte[]> producer;
    private final RollCall roll;
    private final TopicEnds topicEnds;
    private final Audit audit;
    /** Set back on the producer's thread when an announcement was not written. */
    private volatile Phase announced = Phase.STOP_PRODUCERS;

    private Optional<Findings> findings = Optional.empty();
    private OptionalLong exitSinceNanos = OptionalLong.empty();
    private boolean over;

    /**
     * @param reply told how it ended
     * @param own what this hub itself does in a drain, apart from leading it
     * @param producer used, not owned
     */
    DrainLead(
            DrainState begun,
            Consumer<Reply> reply,
            ServiceRuntime runtime,
            HubTables tables,
            DrainParticipant own,
            Producer<byte[], byte[]> producer) {
        this.begun = begun;
        this.reply = reply;
        this.runtime = runtime;
        this.own = own;
        this.producer = producer;
        this.roll = new RollCall(runtime.services(), runtime.instances());
        this.topicEnds = new TopicEnds(runtime);
        this.audit = new Audit(runtime, tables);
    }

    DrainState begun() {
        return begun;
    }

    /** Whether the receipt has been sent. */
    boolean isOver() {
        return over;
    }

    /** Goes as far as it can without waiting. */
    void follow(DrainState drain) {
        roll.call(drain);
        switch (drain.phase()) {
            case STOP_PRODUCERS -> {
                own.follow(drain);
                awaitProducers(drain);
            }
            case CONSUME -> {
                own.follow(drain);
                awaitConsumers(drain);
            }
            // This hub goes on with its share until the others have left.
            case EXIT -> awaitExit(drain);
            case DONE -> over = true;
        }
    }

    /** What announces a state of a drain. */
    static ProducerRecord<byte[], byte[]> record(ServiceRuntime runtime, DrainState drain) {
        return new ProducerRecord<>(
                runtime.topics().control().name(), DrainState.KEY.getBytes(StandardCharsets.UTF_8), Json.write(drain));
    }

    private void awaitProducers(DrainState drain) {
        boolean late = runtime.services()
                .newestAppend()
                .isAfter(drain.begunAt().plus(drain.timeout().dividedBy(PRODUCERS_SHARE)));
        // A producer that has flushed says so and stays until all may leave.
        boolean flushed = roll.present().stream()
                .filter(status -> status.role() == Role.PRODUCER)
                .allMatch(status -> status.state() == State.DRAINED);
        if (late || flushed) {
            topicEnds.look().ifPresent(endByTopic -> advance(drain, Phase.CONSUME, endByTopic));
        }
    }

    private void awaitConsumers(DrainState drain) {
        boolean reported = roll.present().stream()
                .filter(status -> status.role() != Role.PRODUCER)
                .allMatch(status -> status.state() == State.DRAINED);
        if (reported && findings.isEmpty()) {
            findings = audit.look(drain.ends(), roll).filter(this::isDone);
        }
        if (findings.isPresent()) {
            advance(drain, Phase.EXIT, drain.ends());
        }
    }

    /** Without any aggregator nobody will count, however long it is waited. */
    private boolean isDone(Findings found) {
        return found.areForwarded() && (found.areCounted() || !roll.mayWork(Role.AGGREGATOR));
    }

    private void awaitExit(DrainState drain) {
        if (exitSinceNanos.isEmpty()) {
            exitSinceNanos = OptionalLong.of(System.nanoTime());
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - exitSinceNanos.getAsLong());
        boolean alone = roll.present().stream()
                .map(InstanceStatus::instance)
                .allMatch(runtime.config().instance()::equals);
        if (!alone && waited.compareTo(LAST_ONES) < 0) {
            return;
        }
        if (findings.isEmpty()) {
            // The time was over. What was committed until the others left counts.
            findings = ends(drain).flatMap(endByTopic -> audit.look(endByTopic, roll));
        }
        if (findings.isPresent() || waited.compareTo(LAST_ONES.plus(LAST_FIGURES)) > 0) {
            finish(drain, findings.orElseGet(() -> audit.giveUp(drain.ends(), roll)));
        }
    }

    private Optional<Map<String, Long>> ends(DrainState drain) {
        return drain.ends().isEmpty() ? topicEnds.look() : Optional.of(drain.ends());
    }

    private void finish(DrainState drain, Findings found) {
        Reply.Drained drained = Receipts.reply(found, roll);
        LOG.info(
                "The system has stopped, {}: {} of {} symbols counted to their ends, {} of {} feeds complete",
                drained.drained() ? "drained" : "not drained",
                found.symbols().size() - drained.receipt().totals().incompleteSymbols(),
                found.symbols().size(),
                found.feeds().size() - drained.receipt().totals().incompleteFeeds(),
                found.feeds().size());
        reply.accept(drained);
        advance(drain, Phase.DONE, drain.ends());
        producer.flush();
        over = true;
    }

    private void advance(DrainState drain, Phase next, Map<String, Long> endByTopic) {
        if (announced.compareTo(next) >= 0) {
            return;
        }
        announced = next;
        DrainState state = new DrainState(
                drain.epoch(),
                next,
                drain.coordinator(),
                drain.begunAt(),
                drain.timeout(),
                drain.members(),
                endByTopic);
        var unused = producer.send(record(runtime, state), (metadata, failure) -> {
            if (failure != null) {
                LOG.warn("The next phase of the drain could not be announced; trying again: {}", failure.toString());
                announced = begun.phase();
            }
        });
    }
}
