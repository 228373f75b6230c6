package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;

/**
 * What is known of one symbol's way to Kafka: its topic, its key and how much arrived. The counter is written by the producer's
 * sender thread and read by any.
 */
final class Lane {

    private final String topic;
    private final byte[] key;
    private final AtomicLong acknowledged;
    private final Callback answer;

    /** @param answer counts what Kafka acknowledges */
    Lane(Symbol symbol, String topic, AtomicLong acknowledged, Callback answer) {
        this.topic = topic;
        this.key = symbol.toBytes();
        this.acknowledged = acknowledged;
        this.answer = answer;
    }

    String topic() {
        return topic;
    }

    /** The key of its records, not to be changed. */
    byte[] key() {
        return key;
    }

    AtomicLong acknowledged() {
        return acknowledged;
    }

    /** To be called with each answer; one for all, since a hundred thousand records may wait for theirs. */
    Callback answer() {
        return answer;
    }
}
