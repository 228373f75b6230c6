package io.tickhub.benchmarks.peer;

import io.tickhub.model.Headers;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies the bytes of every tick into feeds, in transactions with the offsets, and does nothing else: no look at the tick, no
 * subscriptions, no way back from an error. What it writes has the key, value and headers of a hub's feed record, feed by feed, and its transactions
 * end where a hub's do: after polls of up to 1,000 records for as long as the transaction before took, 20 ms at the most, or after
 * 8 MiB with 200 bytes added to each record. Two producers take turns; linger, batches, buffers, requests and how soon what is refused is
 * tried again are a hub's.
 */
final class ForwardingLoop implements PeerProgram {

    private static final int MOST_RECORDS = 1_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final long OVERHEAD_BYTES = 200;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_REST = Duration.ofMillis(20);
    private static final int RETRY_BACKOFF_MILLIS = 10;
    private static final int LINGER_MILLIS = 1;
    private static final int BATCH_BYTES = 64 * 1024;
    private static final long BUFFER_BYTES = 8L * 1024 * 1024;
    private static final int MOST_REQUEST_BYTES = 4 * 1024 * 1024;

    private final PeerTask task;
    private final Map<String, List<Feed>> feedsByTopic = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaProducer<byte[], byte[]> next;
    private KafkaConsumer<byte[], byte[]> consumer;
    private long room;
    private long restNanos;
    private volatile boolean stopping;

    private record Feed(String topic, Header subscription) {}

    private record Copied(ConsumerRecord<byte[], byte[]> record, Header covers, Header offset) {}

    ForwardingLoop(PeerTask task) {
        this.task = task;
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> joined = RawConsumer.open(task, MOST_RECORDS);
                KafkaProducer<byte[], byte[]> first = producer(0);
                KafkaProducer<byte[], byte[]> second = producer(1)) {
            consumer = joined;
            producer = first;
            next = second;
            first.initTransactions();
            second.initTransactions();
            while (!stopping) {
                List<ConsumerRecords<byte[], byte[]>> polled = pollForAWhile();
                if (!polled.isEmpty()) {
                    long beganNanos = System.nanoTime();
                    begin();
                    polled.forEach(this::forward);
                    commit();
                    restNanos = Math.min(System.nanoTime() - beganNanos, LONGEST_REST.toNanos());
                }
            }
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    private List<ConsumerRecords<byte[], byte[]>> pollForAWhile() {
        List<ConsumerRecords<byte[], byte[]>> polled = new ArrayList<>();
        long overNanos = System.nanoTime() + restNanos;
        Duration left = POLL;
        do {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(left);
            if (!records.isEmpty()) {
                polled.add(records);
            }
            left = Duration.ofNanos(Math.max(0, overNanos - System.nanoTime()));
        } while (!left.isZero());
        return polled;
    }

    private void forward(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            List<Feed> feeds = feedsByTopic.computeIfAbsent(partition.topic(), this::feeds);
            List<Copied> fitting = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                long bytes = (record.value().length + OVERHEAD_BYTES) * feeds.size();
                if (room < bytes && room < MOST_BYTES) {
                    forward(fitting, feeds);
                    fitting.clear();
                    commit();
                    begin();
                }
                room -= bytes;
                fitting.add(copied(record));
                offsets.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
            forward(fitting, feeds);
        }
    }

    /** Feed by feed: with a hundred of them the producer is a few times as fast as tick by tick. */
    private void forward(List<Copied> records, List<Feed> feeds) {
        for (Feed feed : feeds) {
            for (Copied copied : records) {
                var unused = producer.send(new ProducerRecord<>(
                        feed.topic(),
                        0,
                        copied.record().key(),
                        copied.record().value(),
                        List.of(copied.covers(), feed.subscription(), copied.offset())));
            }
        }
    }

    private static Copied copied(ConsumerRecord<byte[], byte[]> record) {
        return new Copied(
                record,
                header(Headers.COVERS, record.offset() + "-" + (record.offset() + 1)),
                header(Headers.OFFSET, Long.toString(record.offset())));
    }

    private void begin() {
        producer.beginTransaction();
        offsets.clear();
        room = MOST_BYTES;
    }

    private void commit() {
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        KafkaProducer<byte[], byte[]> previous = producer;
        producer = next;
        next = previous;
    }

    private List<Feed> feeds(String topic) {
        Topics topics = task.plan().topics();
        return topics.symbol(topic).stream()
                .flatMap(symbol -> task.plan().clients(symbol).stream()
                        .map(client -> new Feed(
                                task.plan().feed(client).name(),
                                header(Headers.SUBSCRIPTION, FeedPlan.subscription(client)))))
                .toList();
    }

    private KafkaProducer<byte[], byte[]> producer(int turn) {
        return new KafkaProducer<>(
                task.kafka()
                        .client(
                                task.group() + "." + turn,
                                Map.of(
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                        task.group() + "." + turn,
                                        ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                                        RETRY_BACKOFF_MILLIS,
                                        ProducerConfig.LINGER_MS_CONFIG,
                                        LINGER_MILLIS,
                                        ProducerConfig.BATCH_SIZE_CONFIG,
                                        BATCH_BYTES,
                                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                                        BUFFER_BYTES,
                                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                        MOST_REQUEST_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
