package io.tickhub.runtime.worker;

import org.apache.kafka.common.TopicPartition;

/** Lets a computation steer what its worker reads. For the worker's thread, while the partition is open. */
public interface Partitions {

    /** Goes on, or begins, to read a partition at an offset. */
    void read(TopicPartition partition, long offset);

    /** Stops to read a partition; it stays owned. */
    void pause(TopicPartition partition);

    /** The next offset to be read. */
    long position(TopicPartition partition);
}
