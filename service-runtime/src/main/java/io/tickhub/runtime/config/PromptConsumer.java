package io.tickhub.runtime.config;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer whose end is not held up by a broker that hangs: Kafka's own waits 30 s for it to say goodbye, and a program that closes
 * several has no such time. For readers that leave no group behind. For one thread.
 */
public final class PromptConsumer<K, V> extends KafkaConsumer<K, V> {

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    public PromptConsumer(Map<String, Object> properties, Deserializer<K> keys, Deserializer<V> values) {
        super(properties, keys, values);
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(GOODBYE));
    }
}
