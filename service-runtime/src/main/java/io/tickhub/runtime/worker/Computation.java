package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a {@link Worker} computes, and the state it needs for it. Every call comes from the worker's thread, so an implementation
 * needs no locks; its state belongs to that thread alone.
 *
 * <p>What a computation did since the last {@link #committed} can be lost at any time: then its partitions are closed and opened
 * again, and it starts over from what was committed.
 */
public interface Computation {

    /**
     * Gets ready to open partitions, as far as that goes without waiting; called again and again, after the worker's tables have been read,
     * until it is.
     *
     * @param notes all that are to be opened next, each with the note of its committed offset; empty if there is none
     * @return whether they can be opened now
     */
    default boolean isReadyToOpen(Map<TopicPartition, String> notes) {
        return true;
    }

    /**
     * Loads the state of a partition. The worker's tables have been read past everything that an earlier owner can have
     * committed.
     *
     * @param partition now owned by this worker
     * @param committed the group's committed offset, if there is one
     * @return the offset from which to read; empty to leave the partition paused until {@link Partitions#read}
     * @throws RuntimeException if the state contradicts the committed offset: the worker dies
     */
    OptionalLong open(TopicPartition partition, OptionalLong committed);

    /** Forgets the state of a partition, which another worker may own now; called for partitions never opened, too. */
    void close(TopicPartition partition);

    /**
     * Takes in the next records of an open partition.
     *
     * @param records in order; empty if only the position moved
     * @param position the next offset to be read: it can lie behind more than the last record, since transaction markers have
     *     offsets too
     */
    void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position);

    /**
     * Learns that retention deleted offsets before they were read.
     *
     * @param from first offset that is gone
     * @param resumed the offset from which reading goes on
     */
    void missed(TopicPartition partition, long from, long resumed);

    /** Whether there is work that does not come from the next poll, which then does not wait for records. */
    default boolean hasWork() {
        return false;
    }

    /** How long the next poll may wait for records at most, because something falls due then. */
    default Duration untilDue() {
        return Duration.ofDays(1);
    }

    /**
     * How much time may lie between two cycles that bring little, because nothing becomes due sooner by asking more often. Each poll
     * costs the broker and the worker something for every partition, whatever it brings.
     */
    default Duration betweenPolls() {
        return Duration.ZERO;
    }

    /** Learns that a connection to a broker has ended; asked {@link #isOutdated} from then on. */
    default void connectionLost() {}

    /**
     * Whether the brokers may have forgotten a part of what was committed, so that all partitions are to be opened again before anything is written; asked
     * in each cycle.
     */
    default boolean isOutdated() {
        return false;
    }

    /**
     * Whether it is not known yet if the brokers have forgotten a part of what was committed. Meanwhile nothing is written nor taken in, and what is given up
     * is given up unwritten: the next owner does it again.
     */
    default boolean isInDoubt() {
        return false;
    }

    /** Whether there is something to write now; asked in each cycle. */
    boolean isDue();

    /** Writes all that is due, with the offsets it was computed from. Called inside a transaction. */
    void write(Transaction transaction);

    /**
     * Whether the last {@link #write} left results in hand, because one transaction must not take longer than its timeout; the rest
     * is written at once, in further transactions, before the next poll.
     */
    default boolean isUnfinished() {
        return false;
    }

    /**
     * Whether a {@link #write} that was aborted can be repeated from memory, together with what has come since. Then a rebalance that
     * overtakes a transaction closes nothing.
     */
    default boolean isRepeatable() {
        return false;
    }

    /** The last {@link #write} is committed. */
    void committed();

    /**
     * The last {@link #write} was aborted; all partitions have been closed and will be opened again.
     *
     * @param failures the topics that could not be written, and why, if that was the reason
     */
    void aborted(Map<String, Exception> failures);

    /** Closes what the computation owns; the worker ends. */
    default void release() {}
}
