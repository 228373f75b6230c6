package io.tickhub.runtime.table;

import io.tickhub.model.Json;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.PromptConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Keeps the compacted tables of a process up to date: one thread with one read-committed consumer over all of them. It owns that
 * consumer, not the admin client. Declare the tables, then start.
 */
public final class TableReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConfig kafka;
    private final String clientId;
    private final Consumer<Throwable> onFailure;
    private final Map<String, CompactedTable<?>> tablesByTopic = new LinkedHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    /** @param onFailure told, on the reader's thread, if it dies */
    public TableReader(KafkaConfig kafka, String clientId, Consumer<Throwable> onFailure) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, clientId);
    }

    /** Declares a table of JSON; before {@link #start}. */
    public <V> CompactedTable<V> table(Topics.Spec topic, Class<V> type) {
        return table(topic, value -> Json.read(value, type));
    }

    /** Declares a table whose values are read by who asks for them, since most are replaced unseen; before {@link #start}. */
    public CompactedTable<byte[]> rawTable(Topics.Spec topic) {
        return table(topic, value -> value);
    }

    private <V> CompactedTable<V> table(Topics.Spec topic, Function<byte[], V> parser) {
        CompactedTable<V> table = new CompactedTable<>(topic, parser);
        if (tablesByTopic.putIfAbsent(topic.name(), table) != null) {
            throw new IllegalStateException("table " + topic.name() + " is declared twice");
        }
        return table;
    }

    /** Starts reading from the beginning of every table; returns at once. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until every table holds what stood in its topic when this was called.
     *
     * @param admin asked for the ends of the topics
     * @throws TimeoutException if it takes longer than the timeout
     */
    public void awaitCurrent(Admin admin, Duration timeout) throws InterruptedException {
        Map<TopicPartition, Long> ends;
        try {
            ends = ends(admin, tablesByTopic.values()).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the ends of " + tablesByTopic.keySet() + " could not be read", e.getCause());
        }
        for (CompactedTable<?> table : tablesByTopic.values()) {
            table.awaitRead(ends, timeout);
        }
    }

    /**
     * The ends of tables' topics as they are now, open transactions included: a table that has passed them holds everything that
     * any earlier owner can have committed.
     */
    public static KafkaFuture<Map<TopicPartition, Long>> ends(
            Admin admin, Iterable<? extends CompactedTable<?>> tables) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (CompactedTable<?> table : tables) {
            table.partitions().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        }
        return admin.listOffsets(latest).all().thenApply(infos -> {
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> info : infos.entrySet()) {
                ends.put(info.getKey(), info.getValue().offset());
            }
            return ends;
        });
    }

    /** Ends the thread and closes the consumer. */
    @Override
    public void close() {
        stopping = true;
        if (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        Map<String, Object> properties = kafka.client(
                clientId,
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false));
        try (KafkaConsumer<String, byte[]> consumer =
                new PromptConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            tablesByTopic.values().forEach(table -> partitions.addAll(table.partitions()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopping) {
                readOnce(consumer, partitions);
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private void readOnce(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<String, byte[]> record : records) {
            CompactedTable<?> table = tablesByTopic.get(record.topic());
            if (record.key() != null) {
                table.apply(record);
            }
        }
        tablesByTopic.values().forEach(CompactedTable::tell);
        for (TopicPartition partition : partitions) {
            // Zero: a position not known yet, at the start, is looked at again after the next poll.
            try {
                tablesByTopic.get(partition.topic()).advance(partition, consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                return;
            }
        }
    }
}
