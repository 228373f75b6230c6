package io.tickhub.hub.command;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.hub.HubMetrics;
import io.tickhub.hub.bar.BarQueries;
import io.tickhub.hub.drain.DrainCoordinator;
import io.tickhub.hub.feed.FeedLags;
import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.deadletter.DeadLetters;
import io.tickhub.runtime.log.Tally;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.worker.Computation;
import io.tickhub.runtime.worker.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands. Queries are answered at once, outside the transaction: after a crash a reply may come twice. A change is one
 * transaction: what is written, the reply, the command's offset. For the worker's thread.
 */
public final class CommandComputation implements Computation {

    private static final Logger LOG = LoggerFactory.getLogger(CommandComputation.class);

    /** How often the offsets of queries are committed. */
    private static final Duration COMMIT_PERIOD = Duration.ofMillis(100);

    /** What was left out for want of room is tried again so often. */
    private static final Duration BIND_AGAIN = Duration.ofSeconds(10);

    /** After this the rest of a batch of changes is refused, long before the worker would lose its place in the group. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final DrainCoordinator coordinator;
    private final Producer<byte[], byte[]> directReplies;
    private final RequestReader reader;
    private final Replies replies;
    private final Queries queries;
    private final Changes changes;
    private final DirectRanges directRanges;
    private final Shutdowns shutdowns;
    private final ClientSubscriptions subscriptions;
    private final BarQueries bars;
    /** What other threads have found out for this one to send. */
    private final Queue<Answer> answersToCome = new ConcurrentLinkedQueue<>();

    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final Counter deadLettersWritten;
    private final Tally noRoom = new Tally(
            LOG, "times there was no room for the symbols that a subscription to all, or one that waits, stands for");
    private final Tally expired = new Tally(LOG, "commands came too late: nobody waits for the replies any longer");
    private final Tally notWritten = new Tally(LOG, "replies were not written");
    private final List<Request> staged = new ArrayList<>();
    /** By the transaction in hand. */
    private final Set<String> writtenTopics = new HashSet<>();

    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CommandPlaces places;
    /** And since when, by {@link System#nanoTime}. */
    private final Map<TopicPartition, Long> owned = new ConcurrentHashMap<>();

    private final Leases leases;
    private final Departures departures;
    /** Version of the topics that those who wait for topics know of. */
    private long boundVersion = -1;

    private long boundNanos;
    private boolean isRoomMissing;

    private long committedNanos = System.nanoTime();

    private record Answer(Request request, Reply reply) {}

    /**
     * @param clientLease how long a silent client keeps its subscriptions
     * @param lags not owned
     * @param bars not owned
     * @param directReplies for replies to queries; not owned
     */
    public CommandComputation(
            ServiceRuntime runtime,
            HubTables tables,
            Duration clientLease,
            FeedLags lags,
            BarQueries bars,
            DrainCoordinator coordinator,
            Producer<byte[], byte[]> directReplies) {
        this.runtime = runtime;
        this.tables = tables;
        this.bars = bars;
        this.coordinator = coordinator;
        this.directReplies = directReplies;
        this.meters = runtime.meters();
        this.deadLettersWritten = HubMetrics.DEAD_LETTERS.counter().register(meters);
        this.places =
                new CommandPlaces(runtime.topics(), () -> runtime.tickTopics().commands());
        this.reader = new RequestReader(runtime.topics(), places::hasOwn);
        this.replies = new Replies(
                new ReplyTopics(runtime.admin(), runtime.topics().replies().name(), System::nanoTime),
                HubMetrics.UNDELIVERABLE.counter().register(meters));
        this.queries = new Queries(runtime, tables, lags, clientLease);
        this.departures = new Departures(runtime.admin());
        this.leases = new Leases(tables, clientLease, System::nanoTime);
        this.subscriptions = new ClientSubscriptions(tables);
        TickTopicLookup lookup = new TickTopicLookup(runtime.admin(), runtime.topics(), runtime.tickTopics());
        this.changes = new Changes(runtime.topics(), places, tables, subscriptions, lookup, runtime.topicCreator());
        this.shutdowns = new Shutdowns(runtime, coordinator);
        this.directRanges = new DirectRanges(tables.stats(), lookup);
        this.deadLetters = new DeadLetters(runtime.topics(), runtime.config().instance(), InstantSource.system());
    }

    /** Whether this hub answers the commands of a client. Thread safe. */
    public boolean owns(ClientId client) {
        return owned.containsKey(places.of(client));
    }

    @Override
    public OptionalLong open(TopicPartition partition, OptionalLong committed) {
        owned.put(partition, System.nanoTime());
        departures.read(partition, committed.orElse(0));
        boundVersion = -1;
        return OptionalLong.of(committed.orElse(0));
    }

    @Override
    public void close(TopicPartition partition) {
        positions.remove(partition);
        staged.removeIf(request -> request.record().topic().equals(partition.topic())
                && request.record().partition() == partition.partition());
        owned.remove(partition);
        departures.forget(partition);
        subscriptions.forget(client -> places.isOf(client, partition));
    }

    @Override
    public void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            take(reader.read(record));
        }
        departures.read(partition, position);
        positions.put(partition, position);
    }

    @Override
    public void missed(TopicPartition partition, long from, long resumed) {
        // Retention keeps commands far longer than anybody waits for a reply.
        LOG.warn("Commands {} to {} of {} were deleted before they were read", from, resumed - 1, partition);
    }

    @Override
    public boolean isDue() {
        subscriptions.settle();
        for (Answer answer = answersToCome.poll(); answer != null; answer = answersToCome.poll()) {
            answerNow(answer.request(), answer.reply());
        }
        expired.tell();
        noRoom.tell();
        notWritten.tell();
        replies.tell();
        return !staged.isEmpty()
                || leases.isLookDue()
                || boundVersion != runtime.tickTopics().current().version()
                || (!positions.isEmpty() && System.nanoTime() - committedNanos > COMMIT_PERIOD.toNanos());
    }

    /**
     * Decides first and sends then: to decide can take seconds, while topics are asked for or feeds are made, and a transaction runs
     * only from its first record on.
     */
    @Override
    public void write(Transaction transaction) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        decideAll(records::add, deadlineNanos);
        bind(records::add);
        endLeases(records::add);
        leases.take(client -> owns(client) && subscriptions.isHolder(client))
                .forEach(lease -> records.add(new ProducerRecord<>(
                        tables.leases().topic(),
                        lease.client().name().getBytes(StandardCharsets.UTF_8),
                        Json.write(lease))));
        writtenTopics.clear();
        for (ProducerRecord<byte[], byte[]> record : records) {
            writtenTopics.add(record.topic());
            transaction.send(record);
        }
        positions.forEach(transaction::commit);
    }

    @Override
    public void committed() {
        staged.clear();
        positions.clear();
        committedNanos = System.nanoTime();
        replies.written(writtenTopics);
        coordinator.committed();
    }

    @Override
    public void aborted(Map<String, Exception> failures) {
        staged.clear();
        positions.clear();
        boundVersion = -1;
        leases.rollBack();
        subscriptions.rollBack();
        replies.failed(failures.keySet());
        coordinator.aborted();
    }

    /** Those who wait for topics get those that have appeared. */
    private void bind(Consumer<ProducerRecord<byte[], byte[]>> records) {
        TickTopics topics = runtime.tickTopics().current();
        if (topics.version() != boundVersion) {
            Binding binding = changes.bind(topics, this::owns);
            binding.bound().forEach(bound -> write(records, bound));
            // What is left comes with the next transaction; what there was no room for, perhaps with the next look.
            boundVersion = binding.isWhole() ? topics.version() : -1;
            isRoomMissing = !binding.shortOfRoom().isEmpty();
            boundNanos = System.nanoTime();
            binding.shortOfRoom().forEach((client, left) -> noRoom.add(client + ", " + left + " symbols"));
        }
    }

    /** Clients that are gone lose what they hold. */
    private void endLeases(Consumer<ProducerRecord<byte[], byte[]>> records) {
        if (!leases.isLookDue()) {
            return;
        }
        if (isRoomMissing && System.nanoTime() - boundNanos > BIND_AGAIN.toNanos()) {
            boundVersion = -1;
        }
        List<ClientId> over = leases.over(
                subscriptions.holders(), this::answeredSince, runtime.services().newestAppend());
        for (ClientId client : departed(over)) {
            try {
                List<Subscription> ended = changes.end(client, "lease");
                ended.forEach(subscription -> write(records, subscription));
                HubMetrics.LEASES_OVER.counter().register(meters).increment();
                LOG.info(
                        "Client {} was silent for {} s; its {} subscriptions end",
                        client,
                        leases.length().toSeconds(),
                        ended.size());
            } catch (Rejected e) {
                // Kafka is slow: at the next look.
                LOG.debug("The subscriptions of {} could not be ended: {}", client, e.reply());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private List<ClientId> departed(List<ClientId> over) {
        try {
            return departures.among(over.stream().collect(Collectors.toMap(client -> client, places::of)));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private OptionalLong answeredSince(ClientId client) {
        Long since = owned.get(places.of(client));
        return since == null ? OptionalLong.empty() : OptionalLong.of(since);
    }

    private void take(Request request) {
        if (isExpired(request)) {
            HubMetrics.EXPIRED.counter().register(meters).increment();
            expired.add(request.record().topic() + "@" + request.id());
            return;
        }
        switch (request.body()) {
            case Request.Body.Valid valid -> take(request, valid.command());
            case Request.Body.Broken broken -> {
                count("broken");
                if (request.replyTo().isPresent()) {
                    answerNow(request, new Reply.Failed(broken.code(), broken.message()));
                } else {
                    staged.add(request);
                }
            }
        }
    }

    /** Whether nobody waits for the reply any longer. */
    private boolean isExpired(Request request) {
        return runtime.services().newestAppend().isAfter(request.expires());
    }

    private void take(Request request, Command command) {
        leases.seen(command.client(), Instant.ofEpochMilli(request.record().timestamp()));
        switch (command) {
            case Command.Renew renew -> answerNow(request, renew(request, renew));
            case Command.Ping ping -> answerNow(request, queries.ping());
            case Command.GetStats query -> answerNow(request, queries.stats(query));
            case Command.GetBars query ->
                bars.ask(query, () -> !isExpired(request), reply -> answersToCome.add(new Answer(request, reply)));
            case Command.ListSymbols query -> answerNow(request, queries.symbols(query));
            case Command.ListSubscriptions query ->
                answerNow(request, queries.subscriptions(query, request.identity()));
            case Command.Subscribe change -> staged.add(request);
            case Command.Unsubscribe change -> staged.add(request);
            case Command.Shutdown change -> staged.add(request);
        }
        count(command.getClass().getSimpleName());
    }

    private Reply renew(Request request, Command.Renew renew) {
        try {
            places.require(request, renew.client());
            return new Reply.Renewed(
                    leases.length(), subscriptions.open(renew.client()).size());
        } catch (Rejected e) {
            return e.reply();
        }
    }

    private void count(String type) {
        HubMetrics.COMMANDS.counter().tag("type", type).register(meters).increment();
    }

    private void answerNow(Request request, Reply reply) {
        answerNow(request, Json.write(reply));
    }

    private void answerNow(Request request, byte[] reply) {
        replies.to(request, reply).ifPresent(record -> {
            var unused = directReplies.send(record, (metadata, failure) -> {
                if (failure != null) {
                    HubMetrics.NOT_WRITTEN.counter().register(meters).increment();
                    notWritten.add(record.topic() + ", " + failure);
                }
            });
        });
    }

    private void decideAll(Consumer<ProducerRecord<byte[], byte[]>> records, long deadlineNanos) {
        try {
            changes.begin(staged, coordinator.holding().isEmpty());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        for (Request request : staged) {
            decide(records, request, deadlineNanos);
        }
    }

    private void decide(Consumer<ProducerRecord<byte[], byte[]>> records, Request request, long deadlineNanos) {
        switch (request.body()) {
            case Request.Body.Broken broken -> {
                records.accept(deadLetters.of(request.record(), DeadLetterReason.BAD_COMMAND, broken.message()));
                deadLettersWritten.increment();
            }
            case Request.Body.Valid valid -> {
                try {
                    if (System.nanoTime() - deadlineNanos > 0) {
                        throw new Rejected(
                                ErrorCode.UNAVAILABLE,
                                "the commands before this one took too long, since Kafka was slow; send the request again");
                    }
                    carryOut(records, request, valid.command())
                            .flatMap(reply -> replies.to(request, reply))
                            .ifPresent(records);
                } catch (Rejected e) {
                    HubMetrics.REFUSED
                            .counter()
                            .tag("code", e.code().name())
                            .register(meters)
                            .increment();
                    replies.to(request, e.reply()).ifPresent(records);
                } catch (KafkaException e) {
                    throw e;
                } catch (RuntimeException e) {
                    // Left to end this hub, it would be the next one's first command.
                    LOG.error(
                            "Command {}@{} cannot be carried out",
                            request.record().topic(),
                            request.id(),
                            e);
                    replies.to(request, new Reply.Failed(ErrorCode.BAD_REQUEST, "the hub cannot carry this out: " + e))
                            .ifPresent(records);
                } catch (InterruptedException e) {
                    throw new InterruptException(e);
                }
            }
        }
    }

    /** Writes what a change leads to; the reply is empty where it comes later. */
    private Optional<Reply> carryOut(Consumer<ProducerRecord<byte[], byte[]>> records, Request request, Command command)
            throws Rejected, InterruptedException {
        return switch (command) {
            case Command.Subscribe subscribe -> {
                if (coordinator.holding().isPresent()) {
                    throw new Rejected(ErrorCode.DRAINING, "the system is being shut down");
                }
                yield Optional.of(
                        switch (subscribe.delivery()) {
                            case FEED -> apply(records, changes.subscribe(request, subscribe));
                            case DIRECT -> directRanges.begin(request, subscribe);
                        });
            }
            case Command.Unsubscribe unsubscribe ->
                Optional.of(apply(records, changes.unsubscribe(request, unsubscribe)));
            case Command.Shutdown shutdown -> {
                records.accept(shutdowns.begin(request, shutdown, reply -> answerNow(request, reply)));
                yield Optional.empty();
            }
            case Command.Ping query -> Optional.empty();
            case Command.Renew query -> Optional.empty();
            case Command.GetStats query -> Optional.empty();
            case Command.GetBars query -> Optional.empty();
            case Command.ListSymbols query -> Optional.empty();
            case Command.ListSubscriptions query -> Optional.empty();
        };
    }

    private Reply apply(Consumer<ProducerRecord<byte[], byte[]>> records, Changes.Decision decision) {
        decision.written().forEach(subscription -> write(records, subscription));
        return decision.reply();
    }

    private void write(Consumer<ProducerRecord<byte[], byte[]>> records, Subscription subscription) {
        records.accept(new ProducerRecord<>(
                tables.subscriptions().topic(),
                subscription.key().getBytes(StandardCharsets.UTF_8),
                Json.write(subscription)));
        subscriptions.put(subscription);
    }
}
