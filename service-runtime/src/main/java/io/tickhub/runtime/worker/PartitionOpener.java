package io.tickhub.runtime.worker;

import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes newly owned partitions through what must be known before they are served, without blocking the worker. For the worker's
 * thread; does not own the admin client.
 *
 * <ol>
 *   <li>The group's committed offsets, in their stable form: asked for until no transaction with offsets of these partitions is
 *       open, whoever's it is.
 *   <li>The ends of the tables, open transactions included: what an earlier owner wrote stands before them.
 *   <li>The tables read past these ends, committed records only: by then each transaction of an earlier owner is either in the
 *       tables or aborted. A transaction that commits later would need the group's present generation, which only the present
 *       owner has.
 *   <li>What the computation itself has to know.
 * </ol>
 */
final class PartitionOpener {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionOpener.class);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);
    private static final int ADMIN_TIMEOUT_MILLIS = 10_000;

    private final Admin admin;
    private final WorkerConfig config;
    private final Predicate<Map<TopicPartition, String>> computation;
    private final Set<TopicPartition> waiting = new LinkedHashSet<>();
    private Step step = new Idle();
    private long notBeforeNanos = System.nanoTime();
    private long toldNanos = System.nanoTime();

    private sealed interface Step {}

    /** Nothing is being opened. */
    private record Idle() implements Step {}

    /** The committed offsets are asked for. */
    private record AwaitingOffsets(
            Set<TopicPartition> batch, long sinceNanos, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> offsets)
            implements Step {}

    /** An open transaction has offsets of these partitions: they are asked for again. */
    private record AwaitingStability(Set<TopicPartition> batch, long sinceNanos, long askedNanos) implements Step {}

    /** The ends of the tables are asked for. */
    private record AwaitingEnds(
            Set<TopicPartition> batch,
            long sinceNanos,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            KafkaFuture<Map<TopicPartition, Long>> ends)
            implements Step {}

    /** The tables are being read up to their ends. */
    private record AwaitingTables(
            Set<TopicPartition> batch,
            long sinceNanos,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Map<TopicPartition, Long> ends)
            implements Step {

        Map<TopicPartition, String> notes() {
            return batch.stream().collect(Collectors.toMap(Function.identity(), partition -> Optional.ofNullable(
                            offsets.get(partition))
                    .map(OffsetAndMetadata::metadata)
                    .orElse("")));
        }
    }

    /** @param computation whether it is ready for partitions to be opened */
    PartitionOpener(Admin admin, WorkerConfig config, Predicate<Map<TopicPartition, String>> computation) {
        this.admin = admin;
        this.config = config;
        this.computation = computation;
    }

    /** Partitions to be opened, not before a delay is over. */
    void add(Collection<TopicPartition> partitions, Duration delay) {
        waiting.addAll(partitions);
        notBeforeNanos = System.nanoTime() + delay.toNanos();
    }

    /** Partitions that are no longer owned. */
    void remove(Collection<TopicPartition> partitions) {
        if (partitions.stream().anyMatch(waiting::remove)) {
            waiting.removeAll(Set.copyOf(partitions));
            // What was asked for them must not be used if they come back: another owner may have written meanwhile.
            step = new Idle();
        }
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /**
     * Goes as far as it can without waiting.
     *
     * @return the partitions that can be opened now, with their committed offsets
     */
    Map<TopicPartition, OptionalLong> advance() {
        if (waiting.isEmpty()) {
            step = new Idle();
            return Map.of();
        }
        try {
            step = next(step);
            if (step instanceof AwaitingTables ready && isRead(ready) && computation.test(ready.notes())) {
                step = new Idle();
                return take(ready);
            }
            tellWait();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RetriableException)) {
                throw new KafkaException("partitions " + waiting + " could not be opened", e.getCause());
            }
            LOG.debug("{}: asking again: {}", config.name(), e.getCause().toString());
            step = new Idle();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return Map.of();
    }

    private Step next(Step from) throws ExecutionException, InterruptedException {
        return switch (from) {
            case Idle idle ->
                System.nanoTime() - notBeforeNanos < 0 ? idle : askForOffsets(Set.copyOf(waiting), System.nanoTime());
            case AwaitingOffsets asked -> asked.offsets().isDone() ? check(asked) : asked;
            case AwaitingStability unstable ->
                System.nanoTime() - unstable.askedNanos() < ASK_AGAIN.toNanos()
                        ? unstable
                        : askForOffsets(unstable.batch(), unstable.sinceNanos());
            case AwaitingEnds asked ->
                asked.ends().isDone()
                        ? new AwaitingTables(
                                asked.batch(),
                                asked.sinceNanos(),
                                asked.offsets(),
                                asked.ends().get())
                        : asked;
            case AwaitingTables tables -> tables;
        };
    }

    /**
     * A partition that never had a committed offset stands in the answer without one. A partition that is missing there has an offset
     * in an open transaction: the admin client leaves it out, where a consumer would have asked again.
     */
    private Step check(AwaitingOffsets asked) throws ExecutionException, InterruptedException {
        return asked.offsets().get().keySet().containsAll(asked.batch())
                ? askForEnds(asked)
                : new AwaitingStability(asked.batch(), asked.sinceNanos(), System.nanoTime());
    }

    private AwaitingEnds askForEnds(AwaitingOffsets asked) throws ExecutionException, InterruptedException {
        return new AwaitingEnds(
                asked.batch(), asked.sinceNanos(), asked.offsets().get(), TableReader.ends(admin, config.tables()));
    }

    private AwaitingOffsets askForOffsets(Set<TopicPartition> batch, long sinceNanos) {
        var offsets = admin.listConsumerGroupOffsets(
                        Map.of(config.group(), new ListConsumerGroupOffsetsSpec().topicPartitions(batch)),
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(true)
                                .timeoutMs(ADMIN_TIMEOUT_MILLIS))
                .partitionsToOffsetAndMetadata(config.group());
        return new AwaitingOffsets(batch, sinceNanos, offsets);
    }

    private boolean isRead(AwaitingTables step) {
        for (CompactedTable<?> table : config.tables()) {
            if (!table.hasRead(step.ends())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Says, now and then, what a long wait is for. It has no end of its own: an open transaction is ended by its timeout, by whoever
     * notices that its owner is dead, or as a hanging one.
     */
    private void tellWait() {
        switch (step) {
            case AwaitingStability unstable ->
                tellWait(unstable.batch(), unstable.sinceNanos(), () -> "an open transaction has offsets of them");
            case AwaitingTables tables ->
                tellWait(tables.batch(), tables.sinceNanos(), () -> config.tables().stream()
                        .flatMap(table -> table.unread(tables.ends()).stream())
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("an open transaction holds back what its owner has to read"));
            case Idle idle -> {}
            case AwaitingOffsets asked -> {}
            case AwaitingEnds asked -> {}
        }
    }

    private void tellWait(Set<TopicPartition> batch, long sinceNanos, Supplier<String> why) {
        long now = System.nanoTime();
        if (now - sinceNanos > LONG.toNanos() && now - toldNanos > LONG.toNanos()) {
            toldNanos = now;
            LOG.warn("{}: {} cannot be served yet: {}", config.name(), batch, why.get());
        }
    }

    /** Those of the batch that are still owned. */
    private Map<TopicPartition, OptionalLong> take(AwaitingTables ready) {
        long tookNanos = System.nanoTime() - ready.sinceNanos();
        if (tookNanos > LONG.toNanos()) {
            LOG.warn(
                    "{}: waited {} ms for what an earlier owner left open",
                    config.name(),
                    Duration.ofNanos(tookNanos).toMillis());
        }
        Map<TopicPartition, OptionalLong> open = new HashMap<>();
        for (TopicPartition partition : List.copyOf(ready.batch())) {
            if (waiting.remove(partition)) {
                open.put(
                        partition,
                        Optional.ofNullable(ready.offsets().get(partition))
                                .map(offset -> OptionalLong.of(offset.offset()))
                                .orElse(OptionalLong.empty()));
            }
        }
        return open;
    }
}
