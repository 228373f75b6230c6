package io.tickhub.runtime.worker;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What goes into one transaction: records, and the offsets of the input they were computed from. For the worker's thread. */
public interface Transaction {

    /** Adds a record. */
    void send(ProducerRecord<byte[], byte[]> record);

    /**
     * Adds the group's committed offset of an input partition: the next offset to be read.
     *
     * @param note kept with the offset, for whoever opens the partition next; may be empty
     */
    void commit(TopicPartition partition, long nextOffset, String note);

    /** The same without a note. */
    default void commit(TopicPartition partition, long nextOffset) {
        commit(partition, nextOffset, "");
    }
}
