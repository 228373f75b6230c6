package io.tickhub.aggregator.statistics;

import io.tickhub.runtime.worker.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A transaction that only remembers what was put into it. */
final class FakeTransaction implements Transaction {

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
        records.add(record);
    }

    @Override
    public void commit(TopicPartition partition, long nextOffset, String note) {
        offsets.put(partition, nextOffset);
    }

    Map<TopicPartition, Long> offsets() {
        return offsets;
    }

    /** The records of a topic, in order. */
    List<ProducerRecord<byte[], byte[]>> on(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    /** The last value written under a key of a topic. */
    Optional<byte[]> last(String topic, String key) {
        return on(topic).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
                .map(ProducerRecord::value)
                .reduce((first, second) -> second);
    }
}
