package io.tickhub.hub.feed;

import io.tickhub.runtime.worker.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A transaction in memory; what becomes of its records is up to the test. */
final class FakeTransaction implements Transaction {

    private final Predicate<String> isUnwritable;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** @param isUnwritable topics to which a record fails, as the worker's producer would */
    FakeTransaction(Predicate<String> isUnwritable) {
        this.isUnwritable = isUnwritable;
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
        if (isUnwritable.test(record.topic())) {
            throw new UnwritableTopic(record.topic());
        }
        records.add(record);
    }

    @Override
    public void commit(TopicPartition partition, long nextOffset, String note) {
        throw new UnsupportedOperationException("the test reads the position");
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** A record could not be sent. */
    static final class UnwritableTopic extends KafkaException {

        private static final long serialVersionUID = 1L;

        private final String topic;

        UnwritableTopic(String topic) {
            super("topic " + topic + " cannot be written");
            this.topic = topic;
        }

        String topic() {
            return topic;
        }
    }
}
