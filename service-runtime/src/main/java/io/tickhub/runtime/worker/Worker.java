package io.tickhub.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.runtime.worker.Input.Known;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, one consumer, one {@link TransactionalProducer}, and the state of the partitions it owns: the engine of hub and aggregator.
 * {@link #stop} and the asking methods may be called from any thread; everything else happens on the worker's own.
 *
 * <h2>The cycle</h2>
 *
 * Poll; let the {@link Computation} take the records in; when it says that something is due, write all its results and the offsets
 * they came from in one transaction. Either all of it is there or nothing: a tick is never counted without its offset being
 * committed, nor the reverse. So a worker can die anywhere and its successor goes on from the last commit as if nothing had been.
 *
 * <h2>Ownership</h2>
 *
 * The group gives each partition to one member, but a member that was paused or cut off does not know yet that it lost one. What
 * keeps it from doing harm is that offsets are sent with the consumer's group metadata: the coordinator refuses those of a former
 * generation, and with them the whole transaction.
 *
 * <p>The group balances with the cooperative protocol: a member keeps working on what it keeps. The callback for revoked
 * partitions runs inside {@code poll} while they still belong to this member, so it commits the cycle in hand and only then lets
 * them go. Partitions that were lost without being asked are forgotten at once, uncommitted results with them.
 *
 * <h2>Opening a partition</h2>
 *
 * Kafka hands a partition over; the state that belongs to it stands in compacted tables. A new partition therefore stays paused
 * until {@link PartitionOpener} has seen every transaction of an earlier owner end and the tables have caught up. The consumer never
 * looks up or resets an offset by itself ({@code auto.offset.reset=none}, and a new partition is sought to a placeholder before the
 * first fetch): where to read is always said here.
 *
 * <h2>When a transaction fails</h2>
 *
 * The computation's state is ahead of what is committed. There is one way back: close all partitions, and open them again from the
 * tables. It is the same way that a new owner goes, so it is well trodden.
 *
 * <p>But where nothing failed and a rebalance only overtook the transaction, and the computation can write the same again, it keeps
 * its partitions and writes once it has joined the new generation. They have had no other owner meanwhile: in the cooperative
 * protocol a partition goes to another member only after its owner has given it up, or was thrown out of the group, and both are
 * told to it in the {@code poll} that joins the new generation, or before.
 */
public final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final Duration POLL = Duration.ofMillis(50);
    /** A partition is opened in steps, one in a cycle. */
    private static final Duration POLL_WHILE_OPENING = Duration.ofMillis(5);

    /** A poll that brings fewer records than this, of partitions in which no more of them wait, brings little. */
    private static final int LITTLE = 500;

    /** The longest wait for what may have come during a transaction. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(2);

    private static final Duration LOOK_UP = Duration.ofSeconds(3);
    private static final Duration OPEN_AGAIN = Duration.ofMillis(500);
    private static final Duration WATCHER_BEHIND = Duration.ofMillis(100);
    /** While the group is to be joined: a poll in which the consumer can learn the topics, as it does before, and what the group answers. */
    private static final Duration JOIN = Duration.ofMillis(100);

    private static final Duration METADATA_BEHIND = Duration.ofSeconds(1);

    private final WorkerConfig config;
    private final Computation computation;
    private final WorkerMeters meters;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean ready;

    // From here on: the worker's thread only.
    private final OwnedPartitions partitions = new OwnedPartitions();
    private final PartitionOpener opener;
    private KafkaConsumer<byte[], byte[]> consumer;
    private TransactionalProducer producer;
    private long subscribedVersion = -1;
    private long subscribedNanos;
    private final Retries retries;
    private final Rest rest = new Rest(System::nanoTime);
    private long polledNanos;
    private boolean broughtLittle;
    /** Since records were last taken in. */
    private boolean hasCommitted;
    /** Topics have come, or partitions were given up: the member is to join again, for which the whole group waits. */
    private final AwaitedGeneration rejoining = new AwaitedGeneration(System::nanoTime);
    /** A rebalance overtook a transaction: commits are refused until the member has joined. */
    private final AwaitedGeneration overtaken = new AwaitedGeneration(System::nanoTime);

    private boolean dying;

    /**
     * @param admin used, not owned
     * @param computations makes the computation, which may steer what is read
     */
    public Worker(
            WorkerConfig config, Admin admin, MeterRegistry registry, Function<Partitions, Computation> computations) {
        this.config = config;
        this.retries = new Retries(config.retryFor(), System::nanoTime, () -> ThreadLocalRandom.current()
                .nextDouble());
        this.meters = new WorkerMeters(registry, InstantSource.system(), config.group(), config.name());
        this.computation = computations.apply(partitions);
        this.opener = new PartitionOpener(admin, config, computation::isReadyToOpen);
        this.thread = new Thread(this::run, config.name());
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Asks the worker to commit the cycle in hand, leave the group and end. */
    public void stop() {
        stopping = true;
    }

    /** Completes when the worker has ended and closed its clients; exceptionally if it died. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Waits until the worker has ended, or the time is over. */
    public void awaitEnd(Duration timeout) throws InterruptedException {
        thread.join(timeout.toMillis());
    }

    /** Whether it is a member of its group and has opened all partitions that it owns. */
    public boolean isReady() {
        return ready;
    }

    /** The partitions being read and the offset of each before which everything is committed. */
    public Map<TopicPartition, Long> committedOffsets() {
        return partitions.committed();
    }

    private void run() {
        RuntimeException died = null;
        try {
            serve();
        } catch (TimeoutException e) {
            if (stopping) {
                LOG.warn("{}: stopped while the cluster was away; what was not committed is done again", config.name());
            } else {
                died = new IllegalStateException("worker " + config.name() + " died: " + e, e);
            }
        } catch (RuntimeException | Error e) {
            died = new IllegalStateException("worker " + config.name() + " died: " + e, e);
        }
        ready = false;
        try {
            computation.release();
        } catch (RuntimeException e) {
            LOG.warn("{}: closing failed: {}", config.name(), e.toString());
        }
        if (died == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(died);
        }
    }

    private void serve() {
        try (TransactionalProducer opened = new TransactionalProducer(config, retries, () -> stopping);
                KafkaConsumer<byte[], byte[]> joined = GroupConsumer.open(config)) {
            producer = opened;
            consumer = joined;
            partitions.use(joined);
            try {
                subscribe();
                while (!stopping) {
                    runOnce();
                }
                settle();
            } catch (RuntimeException | Error e) {
                // Closing the consumer revokes, and to revoke is to commit: not what a failure left half done.
                dying = true;
                throw e;
            }
        }
    }

    /** One cycle. */
    private void runOnce() {
        followTopics();
        opener.advance().forEach(this::open);
        awaitNextPoll();
        takeIn();
        lookForLostConnection();
        if (computation.isOutdated()) {
            LOG.info("{}: brokers have changed; everything is opened again", config.name());
            reopen(partitions.all(), Duration.ZERO);
        }
        if (mayWrite() && computation.isDue()) {
            boolean isSettled;
            do {
                isSettled = commitCycle();
            } while (isSettled && computation.isUnfinished() && !lookForLostConnection());
            if (isSettled) {
                meters.settled();
            }
        }
        ready = generation() > 0 && opener.isIdle();
        meters.lag(partitions::lag);
    }

    /**
     * Takes in what has come until now. A consumer asks for records when a poll ends, and a broker answers as soon as it has one. So what is there after
     * a transaction is as old as that, and all that has come since is the answer to what the next poll asks, one round trip away.
     */
    private void takeIn() {
        boolean isOldThere = hasCommitted && take(poll(Duration.ZERO));
        hasCommitted = false;
        if (!isOldThere) {
            take(poll(patience()));
        } else if (broughtLittle && !computation.hasWork()) {
            take(poll(untilDue(ROUND_TRIP)));
        }
    }

    /** Returns whether anything has come. */
    private boolean take(ConsumerRecords<byte[], byte[]> records) {
        broughtLittle =
                records.count() < LITTLE && records.partitions().stream().noneMatch(this::isBehind);
        // These are there too where a position moved without a record, over transaction markers. The consumer's own
        // position() can be unknown for a moment, while a change of leader is looked into.
        records.nextOffsets()
                .forEach((partition, next) -> process(partition, records.records(partition), next.offset()));
        return !records.nextOffsets().isEmpty();
    }

    private boolean mayWrite() {
        return restLeft().isZero() && !overtaken.isAwaited(generation()) && !computation.isInDoubt();
    }

    private boolean lookForLostConnection() {
        boolean isLost = producer.hasLostConnection();
        if (isLost) {
            computation.connectionLost();
        }
        return isLost;
    }

    private void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long next) {
        if (partitions.advance(partition, next)) {
            computation.process(partition, records, next);
            if (!records.isEmpty()) {
                meters.records(records.size(), records.getFirst().timestamp());
            }
        }
    }

    /** Keeps cycles apart that bring little; not while partitions are opened, a step with each cycle. */
    private void awaitNextPoll() {
        long now = System.nanoTime();
        long nextNanos = polledNanos + computation.betweenPolls().toNanos();
        if (broughtLittle && opener.isIdle() && !stopping && nextNanos - now > 0) {
            LockSupport.parkNanos(this, nextNanos - now);
        }
        polledNanos = System.nanoTime();
    }

    private boolean isBehind(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(0) >= LITTLE;
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        try {
            if (overtaken.isAwaited(generation())) {
                return pollOnly(JOIN);
            }
            return computation.isInDoubt() ? pollOnly(POLL_WHILE_OPENING) : consumer.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::resume);
            return ConsumerRecords.empty();
        }
    }

    /** Stays a member, or becomes one, and takes nothing in: it could not be committed. */
    private ConsumerRecords<byte[], byte[]> pollOnly(Duration patience) {
        Set<TopicPartition> read = partitions.read();
        consumer.pause(read);
        try {
            return consumer.poll(patience);
        } finally {
            read.retainAll(partitions.read());
            consumer.resume(read);
        }
    }

    private Duration patience() {
        Duration left = restLeft();
        if (computation.hasWork()) {
            return left;
        }
        if (rejoining.isAwaited(generation())) {
            return untilDue(JOIN);
        }
        return left.isZero() ? untilDue(opener.isIdle() ? POLL : POLL_WHILE_OPENING) : left;
    }

    /** Where nothing waits to be read, there is nothing to rest for. */
    private Duration restLeft() {
        return broughtLittle ? Duration.ZERO : rest.left();
    }

    private Duration untilDue(Duration longest) {
        Duration untilDue = computation.untilDue();
        return untilDue.isNegative() ? Duration.ZERO : untilDue.compareTo(longest) < 0 ? untilDue : longest;
    }

    /** Of the group, as this member has joined it; -1 before. */
    private int generation() {
        return consumer.groupMetadata().generationId();
    }

    /** Retention was faster than the worker, or the topic was made again. */
    private void resume(TopicPartition partition, long wanted) {
        if (!partitions.isRead(partition)) {
            // The answer to a fetch from before the partition was paused.
            return;
        }
        OptionalLong beginning = beginning(partition);
        if (beginning.isPresent() && wanted < beginning.getAsLong()) {
            LOG.warn(
                    "{}: offsets {} to {} of {} were deleted by retention before they were read",
                    config.name(),
                    wanted,
                    beginning.getAsLong() - 1,
                    partition.topic());
            computation.missed(partition, partitions.position(partition), beginning.getAsLong());
            consumer.seek(partition, beginning.getAsLong());
            partitions.advance(partition, beginning.getAsLong());
        } else {
            LOG.warn("{}: offset {} of {} is not there; opening it again", config.name(), wanted, partition.topic());
            reopen(Set.of(partition), OPEN_AGAIN);
        }
    }

    private OptionalLong beginning(TopicPartition partition) {
        try {
            return OptionalLong.of(
                    consumer.beginningOffsets(List.of(partition), LOOK_UP).get(partition));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    // ---- what is owned

    private void subscribe() {
        subscribedVersion = config.input().version();
        subscribedNanos = System.nanoTime();
        if (!config.input().isWithin(consumer.subscription())) {
            rejoining.begin(generation());
        }
        consumer.subscribe(config.input().pattern(), new Rebalances());
    }

    /**
     * Subscribes again when there are other topics, which makes the consumer look at once. It may ask a broker that knows less than the
     * one that the watcher has asked, and would not look again for minutes: so what it knows is compared, now and then.
     */
    private void followTopics() {
        if (config.input().version() != subscribedVersion) {
            subscribe();
            Set<TopicPartition> madeAgain = partitions.madeAgain(config.input());
            if (!madeAgain.isEmpty()) {
                LOG.warn("{}: deleted and made again: {}", config.name(), madeAgain);
                settle();
                reopen(madeAgain, Duration.ZERO);
            }
        } else if (System.nanoTime() - subscribedNanos >= METADATA_BEHIND.toNanos()) {
            subscribedNanos = System.nanoTime();
            if (!config.input().isWithin(consumer.subscription())) {
                LOG.debug("{}: the consumer does not know all topics yet; it looks again", config.name());
                subscribe();
            }
        }
    }

    private void open(TopicPartition partition, OptionalLong committedOffset) {
        Known topic = config.input().find(partition.topic());
        partitions.opened(partition, topic);
        switch (topic) {
            case Known.Strange strange ->
                LOG.warn("{}: topic {} is not served: no symbol has this name", config.name(), partition.topic());
            // The group was faster than the watcher.
            case Known.Unseen unseen -> opener.add(Set.of(partition), WATCHER_BEHIND);
            case Known.Unusable unusable -> {}
            case Known.Fixed fixed -> read(partition, committedOffset);
            case Known.Served served -> {
                if (partition.partition() == 0) {
                    read(partition, committedOffset);
                } else {
                    LOG.error(
                            "{}: {} is not served: its topic has one partition; what stands there is in nobody's figures",
                            config.name(),
                            partition);
                }
            }
        }
    }

    private void read(TopicPartition partition, OptionalLong committedOffset) {
        OptionalLong from = computation.open(partition, partitions.committed(partition, committedOffset));
        from.ifPresent(offset -> partitions.read(partition, offset));
    }

    /** Forgets partitions and opens them again. */
    private void reopen(Set<TopicPartition> again, Duration delay) {
        forget(again);
        consumer.pause(again);
        partitions.add(again);
        opener.add(again, delay);
    }

    private void forget(Collection<TopicPartition> gone) {
        opener.remove(gone);
        for (TopicPartition partition : gone) {
            computation.close(partition);
            partitions.remove(partition);
        }
    }

    // ---- transactions

    /** Commits the cycle in hand, before something is given up; in doubt not, for an abort could undo what was committed before. */
    private void settle() {
        lookForLostConnection();
        if (computation.isInDoubt()) {
            LOG.info("{}: what was not committed is done again", config.name());
        } else {
            commitCycle();
        }
    }

    /** Returns whether nothing is in hand any more: it is committed, or will be taken in again. */
    private boolean commitCycle() {
        partitions.begin();
        long beganNanos = System.nanoTime();
        switch (producer.run(this::write, consumer.groupMetadata())) {
            case TransactionalProducer.Outcome.Committed done -> {
                partitions.succeeded();
                retries.succeeded();
                computation.committed();
                hasCommitted = true;
                rest.begin(beganNanos);
                meters.committed(System.nanoTime() - beganNanos);
                return true;
            }
            case TransactionalProducer.Outcome.Aborted aborted -> {
                boolean isOvertaken = aborted.cause() instanceof CommitFailedException;
                if (isOvertaken) {
                    LOG.debug("{}: a rebalance overtook a transaction, which is repeated", config.name());
                } else {
                    LOG.warn(
                            "{}: a transaction failed and is repeated: {}",
                            config.name(),
                            aborted.cause().toString());
                }
                Duration delay = retries.failed()
                        .orElseThrow(() -> new KafkaException(
                                "its transactions failed for " + retries.patience() + ", the last one because of "
                                        + aborted.cause(),
                                aborted.cause()));
                if (isOvertaken && computation.isRepeatable()) {
                    meters.refused();
                    overtaken.begin(generation());
                    return false;
                }
                meters.aborted();
                reopen(partitions.all(), delay);
                computation.aborted(aborted.failures());
                return true;
            }
        }
    }

    private void write(Transaction transaction) {
        computation.write(new Transaction() {
            @Override
            public void send(ProducerRecord<byte[], byte[]> record) {
                transaction.send(record);
            }

            @Override
            public void commit(TopicPartition partition, long nextOffset, String note) {
                partitions.commit(partition, nextOffset);
                transaction.commit(partition, nextOffset, note);
            }
        });
    }

    /** Called inside {@code poll} and {@code close}. */
    private final class Rebalances implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            if (added.isEmpty()) {
                return;
            }
            LOG.debug("{}: assigned {}", config.name(), added);
            consumer.pause(added);
            // A placeholder, so that the consumer does not look for an offset by itself; nothing is fetched while
            // paused.
            added.forEach(partition -> consumer.seek(partition, 0));
            partitions.add(added);
            opener.add(added, Duration.ZERO);
            ready = false;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (dying) {
                giveUp(revoked);
            } else if (!revoked.isEmpty()) {
                LOG.debug("{}: revoked {}", config.name(), revoked);
                settle();
                giveUp(revoked);
                rejoining.begin(generation());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.warn("{}: lost {} partitions; another member has taken over", config.name(), lost.size());
            giveUp(lost);
        }

        private void giveUp(Collection<TopicPartition> gone) {
            forget(gone);
            partitions.giveUp(gone);
        }
    }
}
