package io.tickhub.benchmarks.latency;

import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * By a plain consumer without a group, read committed, of a topic with one partition; the ticks are read as hub-client reads them. Immutable.
 *
 * @param topic where somebody writes ticks
 */
record PlainWay(KafkaConfig kafka, String topic) implements Way {

    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public Reading begin(TickAges ages) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.client(
                        "benchmark-plain",
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        long unused = consumer.position(partition);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("plain-subscriber").start(() -> take(consumer, ages, stopped));
        return stopped::countDown;
    }

    /** Owns the consumer from now on. */
    private static void take(KafkaConsumer<byte[], byte[]> consumer, TickAges ages, CountDownLatch stopped) {
        TickCodec codec = new TickCodec();
        try (consumer) {
            while (stopped.getCount() > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    ages.add(sent(codec, record));
                }
            }
        }
    }

    private static Instant sent(TickCodec codec, ConsumerRecord<byte[], byte[]> record) {
        Symbol symbol = new Symbol(new String(record.key(), StandardCharsets.UTF_8));
        return switch (codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            case Decoded.Valid valid -> valid.tick().timestamp();
            case Decoded.Malformed malformed -> throw new IllegalStateException("no tick: " + malformed.detail());
        };
    }
}
