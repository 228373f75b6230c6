package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of one symbol's way to Kafka: its topic, its key and how much arrived. The counter is written by the producer's
 * sender thread and read by any.
 */
final class Lane {

    private final String topic;
    private final byte[] key;
    private final AtomicLong acknowledged = new AtomicLong();

    Lane(Symbol symbol, String topic) {
        this.topic = topic;
        this.key = symbol.toBytes();
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
}
