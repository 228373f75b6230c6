package io.tickhub.hub.bar;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the bars of one symbol from the one partition where they stand among those of others. Bounded: what is found of a symbol, and
 * for how long it is read. For one thread; owns a consumer without a group, which is opened when it is needed first.
 */
final class BarLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final Duration READ_FOR = Duration.ofSeconds(8);
    private static final int MOST_BARS = 100_000;

    private final KafkaConfig kafka;
    private final String clientId;
    private Optional<KafkaConsumer<byte[], byte[]>> opened = Optional.empty();

    BarLog(KafkaConfig kafka, String clientId) {
        this.kafka = kafka;
        this.clientId = clientId;
    }

    /** The intervals of which there are bars, shortest first. */
    List<BarInterval> intervals() {
        return consumer().listTopics(LOOK_UP).keySet().stream()
                .flatMap(topic -> kafka.topics().barInterval(topic).stream())
                .sorted()
                .toList();
    }

    /**
     * The newest form of each bar that was written then or later, in order of start.
     *
     * @param written append time from which to read; empty for all
     * @throws TooMuchException if that is too much for one answer
     */
    List<Bar> read(Symbol symbol, BarInterval interval, Optional<Instant> written) throws TooMuchException {
        TopicPartition partition =
                new TopicPartition(kafka.topics().bars(interval).name(), Topics.barPartition(symbol));
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), LOOK_UP).get(partition);
        consumer.seek(partition, begin(consumer, partition, written, end));
        Map<ByteBuffer, byte[]> found = new HashMap<>();
        byte[] prefix = Bar.keyPrefix(symbol).getBytes(StandardCharsets.UTF_8);
        long deadline = System.nanoTime() + READ_FOR.toNanos();
        while (consumer.position(partition, LOOK_UP) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null && isOf(prefix, record.key())) {
                    found.put(ByteBuffer.wrap(record.key()), record.value());
                }
            }
            if (System.nanoTime() > deadline || found.size() > MOST_BARS) {
                throw new TooMuchException("the bars of " + symbol + " are too many to be read for one answer;"
                        + " ask for less with from, to and a longer interval");
            }
        }
        return found.values().stream()
                .map(json -> Json.read(json, Bar.class))
                .sorted(Comparator.comparing(Bar::start))
                .toList();
    }

    @Override
    public void close() {
        opened.ifPresent(KafkaConsumer::close);
    }

    private static long begin(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Optional<Instant> written, long end) {
        if (written.isEmpty()) {
            return consumer.beginningOffsets(List.of(partition), LOOK_UP).get(partition);
        }
        // Numbers below zero have meanings of their own in Kafka's protocol.
        long time = Math.max(0, written.get().toEpochMilli());
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, time), LOOK_UP).get(partition);
        return found == null ? end : found.offset();
    }

    /** The start, without a {@code /}, follows the symbol: what begins like {@code A/} may be of {@code A/B}. */
    private static boolean isOf(byte[] prefix, byte[] key) {
        if (key == null
                || key.length < prefix.length
                || !Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length)) {
            return false;
        }
        for (int i = prefix.length; i < key.length; i++) {
            if (key[i] == '/') {
                return false;
            }
        }
        return true;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (opened.isEmpty()) {
            opened = Optional.of(new KafkaConsumer<>(
                    kafka.client(
                            clientId,
                            Map.of(
                                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                    "read_committed",
                                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                    false,
                                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                    "earliest",
                                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                    false,
                                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                    (int) POLL.toMillis())),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()));
        }
        return opened.get();
    }
}
