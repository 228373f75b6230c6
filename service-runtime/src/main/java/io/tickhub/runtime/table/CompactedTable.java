package io.tickhub.runtime.table;

import io.tickhub.model.Topics;
import io.tickhub.runtime.log.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic as a map from key to newest value. The thread of the {@link TableReader} is its one writer; any thread may
 * read. Values are immutable; what a process wrote itself is here only after it has been read back.
 *
 * <p>Whoever bases a decision on the table first takes the ends of the topic, then waits until {@link #hasRead} them.
 *
 * @param <V> type of the values
 */
public final class CompactedTable<V> {

    private static final Logger LOG = LoggerFactory.getLogger(CompactedTable.class);

    private final Topics.Spec topic;
    private final Function<byte[], V> parser;
    private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final List<TableFollower> followers = new CopyOnWriteArrayList<>();
    private final AtomicLong version = new AtomicLong();
    private final Tally unreadable = new Tally(LOG, "records of a table cannot be read and are ignored");
    private volatile Instant newestAppend = Instant.EPOCH;

    /**
     * One key's newest record.
     *
     * @param value its value
     * @param offset its offset
     * @param appended when the broker appended it
     * @param receivedNanos when it was read here, by {@link System#nanoTime}
     * @param <V> type of the value
     */
    public record Entry<V>(V value, long offset, Instant appended, long receivedNanos) {}

    /** @param parser makes a value of a record's; what it throws makes the record unreadable */
    CompactedTable(Topics.Spec topic, Function<byte[], V> parser) {
        this.topic = topic;
        this.parser = parser;
    }

    /** The newest value of a key. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The newest record of a key. */
    public Optional<Entry<V>> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** All records, as a view that changes under the reader; each entry is whole in itself. */
    public Map<String, Entry<V>> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** All values at some moment. */
    public List<V> values() {
        return entries.values().stream().map(Entry::value).toList();
    }

    /** Tells from now on which keys have changed. It stays for as long as the table does. */
    public TableFollower follow() {
        TableFollower follower = new TableFollower();
        followers.add(follower);
        entries.keySet().forEach(follower::add);
        return follower;
    }

    /** Another number after each change, so that a reader notices changes cheaply. */
    public long version() {
        return version.get();
    }

    /**
     * Append time of the record that was read last, tombstones too: the shared clock as far as this table has seen it. It goes back where the broker's
     * clock is set back, or another leads whose clock is behind: a wrong time must not be kept until it is right.
     */
    public Instant newestAppend() {
        return newestAppend;
    }

    /** Name of the topic. */
    public String topic() {
        return topic.name();
    }

    /** The topic's partitions. */
    public List<TopicPartition> partitions() {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    /** Whether everything before these offsets is in the table; partitions of other topics are ignored. */
    public boolean hasRead(Map<TopicPartition, Long> ends) {
        return unread(ends).isEmpty();
    }

    /** What is before these offsets and not in the table, for people; partitions of other topics are ignored. */
    public List<String> unread(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic.name()) && position(end.getKey()) < end.getValue())
                .map(end -> end.getKey() + " was read up to " + position(end.getKey()) + " of " + end.getValue())
                .toList();
    }

    /**
     * Waits until everything before these offsets is in the table.
     *
     * @throws TimeoutException if it is not within the timeout
     */
    public void awaitRead(Map<TopicPartition, Long> ends, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (positions) {
            while (!hasRead(ends)) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new TimeoutException("topic " + topic.name() + " was read up to " + positions + " within "
                            + timeout.toMillis() + " ms, waited for " + ends
                            + "; an open transaction of a dead instance may hold it back");
                }
                positions.wait(left);
            }
        }
    }

    void apply(ConsumerRecord<String, byte[]> record) {
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        newestAppend = appended;
        if (record.value() == null) {
            entries.remove(record.key());
        } else {
            try {
                V value = parser.apply(record.value());
                entries.put(record.key(), new Entry<>(value, record.offset(), appended, System.nanoTime()));
            } catch (RuntimeException e) {
                // Not only what the parser throws: a record that anybody wrote must not end the process.
                unreadable.add(record.topic() + "@" + record.offset() + " key " + record.key() + ": "
                        + new String(record.value(), 0, Math.min(200, record.value().length), StandardCharsets.UTF_8));
                entries.remove(record.key());
            }
        }
        version.incrementAndGet();
        followers.forEach(follower -> follower.add(record.key()));
    }

    /** Logs what could not be read, now and then. For the reader's thread. */
    void tell() {
        unreadable.tell();
    }

    void advance(TopicPartition partition, long position) {
        Long before = positions.put(partition, position);
        if (before == null || before != position) {
            synchronized (positions) {
                positions.notifyAll();
            }
        }
    }

    private long position(TopicPartition partition) {
        return positions.getOrDefault(partition, -1L);
    }
}
