package io.tickhub.producer.publish;

import io.tickhub.model.Headers;
import io.tickhub.model.Topics;
import io.tickhub.producer.replay.ArrivedRows;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which rows of a replay stand in Kafka. A topic is read from its beginning to the end that it has at that moment, when
 * the first row that belongs in it turns up, which is before anything new is published to it. Owns its consumer. Used by one
 * thread.
 *
 * <p>It must read all of a topic: a file may have been replayed before, in part or whole, and what counts is the highest row.
 *
 * <p>Where a topic has lost its first records and none of the file is left, nobody can tell whether rows of the file were among
 * those. Ticks that went out twice would be counted twice, so such a replay ends; of dead letters a second one does little harm.
 */
public final class StoredRows implements ArrivedRows {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRows.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final RowKeys keys;
    private final String deadLetterTopic;
    private final RowLedger ledger;
    private final Set<String> readTopics = new HashSet<>();

    /** Topics whose first records are gone. */
    private final Set<String> shortenedTopics = new HashSet<>();

    /** @param files the names, without folders, of the files that are replayed */
    StoredRows(KafkaConfig kafka, String clientId, Set<String> files) {
        this(consumer(kafka, clientId), kafka.topics(), files);
    }

    /** Takes ownership of the consumer. */
    StoredRows(Consumer<byte[], byte[]> consumer, Topics topics, Set<String> files) {
        this.consumer = consumer;
        this.keys = new RowKeys(topics);
        this.deadLetterTopic = topics.deadLetters().name();
        this.ledger = new RowLedger(files);
    }

    /**
     * Whether the row was stored before.
     *
     * @throws TimeoutException if reading a topic makes no progress for a minute
     * @throws UnusableTopicException if the topic of a tick no longer holds what it takes to tell
     */
    @Override
    public boolean contains(SourceItem item) {
        return switch (item) {
            case SourceItem.Good good -> {
                String topic = keys.tickTopic(good.tick().symbol());
                yield isStored(
                        good.row().orElseThrow(), topic, good.tick().symbol().name());
            }
            case SourceItem.Bad bad -> isStored(bad.address(), deadLetterTopic, keys.deadLetterKey(bad));
        };
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean isStored(RowAddress row, String topic, String key) {
        if (readTopics.add(topic)) {
            read(topic);
        }
        if (ledger.contains(row, topic, key)) {
            return true;
        }
        if (shortenedTopics.contains(topic) && !ledger.isKnown(row.file(), topic, key)) {
            mayHaveBeenDeleted(row, topic);
        }
        return false;
    }

    private void mayHaveBeenDeleted(RowAddress row, String topic) {
        if (!topic.equals(deadLetterTopic)) {
            throw new UnusableTopicException("the first records of topic " + topic + " have been deleted, and none of "
                    + row.file() + " is left there, so that nobody can tell which rows arrived before; this replay ends"
                    + " before row " + row + ". If none of the file has arrived, replay it without resuming; else put"
                    + " the rows that are missing, with the header, into a file of another name and replay that");
        }
        // Once is enough.
        shortenedTopics.remove(topic);
        LOG.warn(
                "The first records of {} have been deleted: bad rows of {} may get a second letter", topic, row.file());
    }

    private void read(String topic) {
        List<TopicPartition> partitions =
                Optional.ofNullable(consumer.partitionsFor(topic, PATIENCE)).orElse(List.of()).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        long records = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue())) {
            int before = readOnce(topic);
            records += before;
            if (before > 0) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("topic " + topic + " could not be read to its end " + ends.values()
                        + " to find the rows that arrived: nothing came for " + PATIENCE.toSeconds() + " s");
            }
        }
        // Only now: something may have been deleted while it was read.
        if (consumer.beginningOffsets(partitions, PATIENCE).values().stream().anyMatch(first -> first > 0)) {
            shortenedTopics.add(topic);
        }
        LOG.info("Read back {} records of {} to find the rows that arrived", records, topic);
    }

    private int readOnce(String topic) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            count++;
            // A dead letter with an offset is not a row's but that of a tick, which was stored.
            Optional<String> row = header(message, Headers.ROW)
                    .filter(unused -> message.key() != null
                            && header(message, Headers.OFFSET).isEmpty());
            row.flatMap(RowAddress::parse)
                    .ifPresent(address ->
                            ledger.stored(address, topic, new String(message.key(), StandardCharsets.UTF_8)));
        }
        return count;
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> message, String name) {
        return Optional.ofNullable(message.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka, String clientId) {
        Map<String, Object> purpose = Map.of(
                // Uncommitted: a row is there as soon as it is stored, whatever an aggregator's transaction does beside
                // it.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        return new KafkaConsumer<>(
                kafka.client(clientId, purpose), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
