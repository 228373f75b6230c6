package io.tickhub.runtime.worker;

import io.tickhub.runtime.worker.Input.Known;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a worker owns, and where it stands in what it reads. For the worker's thread, but for {@link #committed}. Does not own the
 * consumer.
 */
final class OwnedPartitions implements Partitions {

    /** Partitions being read and the offset before which everything is committed. Written by the worker only. */
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

    private final Set<TopicPartition> owned = new HashSet<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, String> topicIds = new HashMap<>();
    private final Map<TopicPartition, Long> committing = new HashMap<>();
    private final OwnCommits commits = new OwnCommits();
    private KafkaConsumer<byte[], byte[]> consumer;

    /** Steers this consumer from here on. */
    void use(KafkaConsumer<byte[], byte[]> joined) {
        consumer = joined;
    }

    // ---- owning

    /** They belong to the worker and are not read yet. */
    void add(Collection<TopicPartition> added) {
        owned.addAll(added);
    }

    /** They may have another owner from here on. */
    void giveUp(Collection<TopicPartition> gone) {
        commits.remove(gone);
    }

    /** They are not read any more, or opened again. */
    void remove(TopicPartition partition) {
        owned.remove(partition);
        positions.remove(partition);
        topicIds.remove(partition);
        committing.remove(partition);
        committed.remove(partition);
    }

    Set<TopicPartition> all() {
        return Set.copyOf(owned);
    }

    /** Keeps which topic it was that was opened, also of one that cannot be used: it may be made again. */
    void opened(TopicPartition partition, Known topic) {
        topic.id().ifPresent(id -> topicIds.put(partition, id));
    }

    /** Those whose topic is another one by now. */
    Set<TopicPartition> madeAgain(Input input) {
        Set<TopicPartition> madeAgain = new HashSet<>();
        topicIds.forEach((partition, id) -> {
            Optional<String> now = input.find(partition.topic()).id();
            if (now.isPresent() && !now.get().equals(id)) {
                madeAgain.add(partition);
            }
        });
        return madeAgain;
    }

    // ---- reading

    @Override
    public void read(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
        consumer.resume(List.of(partition));
        positions.put(partition, offset);
        committed.put(partition, offset);
    }

    @Override
    public void pause(TopicPartition partition) {
        consumer.pause(List.of(partition));
        positions.remove(partition);
        committed.remove(partition);
    }

    @Override
    public long position(TopicPartition partition) {
        return positions.get(partition);
    }

    boolean isRead(TopicPartition partition) {
        return positions.containsKey(partition);
    }

    /** All that are read, as a copy. */
    Set<TopicPartition> read() {
        return new HashSet<>(positions.keySet());
    }

    /** Goes on to a position; returns whether it is a new one of a partition that is read. */
    boolean advance(TopicPartition partition, long next) {
        Long before = positions.get(partition);
        if (before == null || next <= before) {
            return false;
        }
        positions.put(partition, next);
        return true;
    }

    /** Offsets of what is read that are not committed, as far as the consumer has heard of the ends: it asks nobody. */
    long lag() {
        return positions.entrySet().stream()
                .mapToLong(read ->
                        read.getValue() + consumer.currentLag(read.getKey()).orElse(0) - committed.get(read.getKey()))
                .sum();
    }

    // ---- committing

    /** A transaction begins. */
    void begin() {
        committing.clear();
    }

    /** The transaction in hand commits this offset. */
    void commit(TopicPartition partition, long nextOffset) {
        committing.put(partition, nextOffset);
    }

    /** The transaction was committed. */
    void succeeded() {
        committing.forEach((partition, next) -> {
            committed.put(partition, next);
            commits.add(partition, topicId(partition), next);
        });
    }

    /** The committed offsets of what is being read. For any thread. */
    Map<TopicPartition, Long> committed() {
        return Map.copyOf(committed);
    }

    /** The offset that the group's coordinator tells, or the worker's own if it has committed more. */
    OptionalLong committed(TopicPartition partition, OptionalLong told) {
        return commits.correct(partition, topicId(partition), told);
    }

    private Optional<String> topicId(TopicPartition partition) {
        return Optional.ofNullable(topicIds.get(partition));
    }
}
