package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One consumer of a group, read as a worker reads: each tick is decoded, worked on and counted. Owns its thread, which owns the consumer;
 * other threads may ask what it owns, and close it.
 */
final class Member implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Topics topics;
    private final CpuWork work;
    private final Intake intake;
    private final TickCodec codec = new TickCodec();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile Set<TopicPartition> owned = Set.of();
    private volatile boolean stopping;

    Member(KafkaConfig kafka, List<Symbol> symbols, String group, String name, CpuWork work, Intake intake) {
        this.topics = kafka.topics();
        this.work = work;
        this.intake = intake;
        this.consumer = new KafkaConsumer<>(
                kafka.client(name, properties(group)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(
                symbols.stream().map(symbol -> topics.ticks(symbol).name()).toList());
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Of how many symbols it reads what comes from now on. */
    int owned() {
        return owned.size();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                Set<TopicPartition> assigned = consumer.assignment();
                if (!assigned.equals(owned)) {
                    // Assigned is not positioned: what is sent before that would be missed.
                    assigned.forEach(consumer::position);
                    owned = Set.copyOf(assigned);
                }
                double results = 0;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    results += take(record);
                }
                CpuWork.keep(results);
            }
        }
    }

    private double take(ConsumerRecord<byte[], byte[]> record) {
        Symbol symbol = topics.symbol(record.topic()).orElseThrow();
        if (codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()))
                instanceof Decoded.Valid valid) {
            double result = work.run(record.offset());
            intake.take(valid.tick());
            return result;
        }
        return 0;
    }

    /** As a worker has it; but nothing is committed, and what was there before is not read. */
    private static Map<String, Object> properties(String group) {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest",
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                200,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1_000,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                WorkerConfig.PARTITION_FETCH_BYTES,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                WorkerConfig.FETCH_BYTES);
    }
}
