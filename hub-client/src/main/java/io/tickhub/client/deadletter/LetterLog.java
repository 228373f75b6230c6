package io.tickhub.client.deadletter;

import io.tickhub.client.NoHubException;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads {@code dead-letters} from places in it to the ends that it has at that moment. For one thread. It owns its consumer, not the
 * admin client.
 *
 * <p>The ends count what stands in open transactions too, and reading waits for these: a letter that somebody else has just resolved is
 * never taken for an open one.
 */
final class LetterLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Longer than any transaction may stay open. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Topics.Spec topic;
    private final List<TopicPartition> partitions;

    /** The offsets of one partition, {@code [start, end)}. */
    record Range(long start, long end) {}

    /**
     * @throws NoHubException if the topic does not exist
     * @throws DeadLetterQueueException if it has another number of partitions than ours
     */
    LetterLog(KafkaConfig kafka, String clientId, Admin admin) {
        this.admin = admin;
        this.topic = kafka.topics().deadLetters();
        this.consumer = consumer(kafka, clientId);
        try {
            this.partitions = partitions();
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    Topics.Spec topic() {
        return topic;
    }

    /** Where reading begins and ends when all that could be in a selection is to be read. */
    Map<TopicPartition, Range> ranges(Selection selection) {
        Map<TopicPartition, Long> wanted =
                switch (selection) {
                    case Selection.All all ->
                        partitions.stream().collect(Collectors.toMap(Function.identity(), any -> 0L));
                    case Selection.Numbers chosen -> firstOffsets(chosen);
                };
        Map<TopicPartition, Long> starts = offsets(wanted, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(wanted, OffsetSpec.latest());
        Map<TopicPartition, Range> ranges = new HashMap<>();
        wanted.forEach((partition, offset) -> {
            long end = ends.get(partition);
            ranges.put(partition, new Range(Math.min(end, Math.max(starts.get(partition), offset)), end));
        });
        return ranges;
    }

    /**
     * Tells every committed record.
     *
     * @throws DeadLetterQueueException if nothing comes for 15 s
     */
    void read(Map<TopicPartition, Range> ranges, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        consumer.assign(ranges.keySet());
        ranges.forEach((partition, range) -> consumer.seek(partition, range.start()));
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!ranges.entrySet().stream()
                .allMatch(range -> consumer.position(range.getKey(), ANSWER)
                        >= range.getValue().end())) {
            long before = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Range range = ranges.get(new TopicPartition(record.topic(), record.partition()));
                if (record.offset() < range.end()) {
                    visitor.accept(record);
                }
                deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
            }
            if (before > deadlineNanos) {
                throw new DeadLetterQueueException(
                        "topic " + topic.name() + " could not be read to its end: nothing came for "
                                + PATIENCE.toSeconds() + " s; a transaction may be open there, try again");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> partitions() {
        int found = Objects.requireNonNullElse(consumer.partitionsFor(topic.name(), ANSWER), List.of())
                .size();
        if (found == 0) {
            throw new NoHubException(
                    "no system has ever run in this Kafka cluster: topic " + topic.name() + " does not exist");
        }
        if (found != topic.partitions()) {
            throw new DeadLetterQueueException("topic " + topic.name() + " has " + found + " partitions instead of "
                    + topic.partitions() + ", so its letters have no numbers; read it with Kafka's own tools");
        }
        return IntStream.range(0, found)
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    /** Numbers that no letter has yet count too: the range is empty then. */
    private Map<TopicPartition, Long> firstOffsets(Selection.Numbers chosen) {
        return chosen.numbers().stream()
                .collect(Collectors.toMap(
                        number -> partitions.get((int) (number % topic.partitions())),
                        number -> number / topic.partitions(),
                        Math::min));
    }

    /** Open transactions included. */
    private Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> wanted, OffsetSpec place) {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listOffsets(wanted.keySet().stream().collect(Collectors.toMap(Function.identity(), any -> place)))
                    .all()
                    .get()
                    .forEach((partition, found) -> offsets.put(partition, found.offset()));
            return offsets;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Consumer<byte[], byte[]> consumer(KafkaConfig kafka, String clientId) {
        return new KafkaConsumer<>(
                kafka.client(
                        clientId,
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                // Retention may overtake the reader.
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                50,
                                // Letters can be large, and a command line's memory is small.
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                8 * 1024 * 1024)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
