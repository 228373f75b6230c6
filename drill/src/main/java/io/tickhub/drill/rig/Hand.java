package io.tickhub.drill.rig;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What is done to the cluster by hand, past all services: ticks and broken records published, topics made and deleted, questions
 * asked. Thread safe. Owns a producer and a thread, not the admin client.
 */
public final class Hand implements AutoCloseable {

    private static final int BROKEN_MILLIS = 200;
    private static final byte[] BROKEN = "no tick".getBytes(StandardCharsets.UTF_8);

    private final KafkaConfig kafka;
    private final Admin admin;
    private final TickCodec codec = new TickCodec();
    private final Map<Symbol, Integer> published = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService clumsy = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("broken-ticks").factory());

    Hand(KafkaConfig kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
        this.producer = new KafkaProducer<>(
                kafka.client(
                        "drill-hand",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG, 5,
                                // New topics can be stuck otherwise, as the producer service explains.
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Publishes five records a second that are no ticks, to these symbols in turn. */
    void beginBroken(List<Symbol> symbols) {
        var unused = clumsy.scheduleAtFixedRate(
                new Runnable() {
                    private int turn;

                    @Override
                    public void run() {
                        Symbol symbol = symbols.get(turn++ % symbols.size());
                        try {
                            var unused = producer.send(record(symbol, BROKEN));
                        } catch (KafkaException e) {
                            // The cluster is away, as a drill may have it; what was not published needs no proof.
                        }
                    }
                },
                BROKEN_MILLIS,
                BROKEN_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Makes a symbol's topic. */
    public void list(Symbol symbol) throws InterruptedException {
        var unused = new TopicCreator(admin).create(List.of(kafka.topics().ticks(symbol)));
    }

    /** Publishes ticks, whose ids count up, and waits until they are acknowledged. */
    public synchronized void publish(Symbol symbol, int count) {
        for (int i = 0; i < count; i++) {
            int id = published.merge(symbol, 1, Integer::sum);
            Tick tick = new Tick(
                    symbol, BigDecimal.valueOf(id, 2), BigDecimal.ONE, Instant.now(), "drill", Integer.toString(id));
            var unused = producer.send(record(symbol, codec.encode(tick)));
        }
        producer.flush();
    }

    public void deleteTopic(String name) throws InterruptedException {
        await(admin.deleteTopics(Set.of(name)).all());
    }

    /** Forgets that anything was published: the topic is made again. */
    public synchronized void forget(Symbol symbol) {
        published.remove(symbol);
    }

    /** Deletes a symbol's records before an offset, as retention does. */
    public void retire(Symbol symbol, long before) throws InterruptedException {
        await(admin.deleteRecords(Map.of(partition(symbol), RecordsToDelete.beforeOffset(before)))
                .all());
    }

    /** How far a group such as {@code hub} has come with a symbol, in words. */
    public String progress(String group, Symbol symbol) throws InterruptedException {
        TopicPartition partition = partition(symbol);
        String name = kafka.topics().group(group);
        OffsetAndMetadata committed = await(admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata())
                .get(partition);
        return "%s has committed %s of %d, owner %s"
                .formatted(
                        group,
                        committed == null ? "nothing" : committed.offset(),
                        end(symbol),
                        owner(group, partition).orElse("nobody"));
    }

    /** The offset after a symbol's last record. */
    public long end(Symbol symbol) throws InterruptedException {
        return await(admin.listOffsets(Map.of(partition(symbol), OffsetSpec.latest()))
                        .partitionResult(partition(symbol)))
                .offset();
    }

    /** The number of the broker that leads a partition. */
    public int leader(TopicPartition partition) throws InterruptedException {
        return await(admin.describeTopics(Set.of(partition.topic())).allTopicNames())
                .get(partition.topic())
                .partitions()
                .get(partition.partition())
                .leader()
                .id();
    }

    /** The instance that owns a partition in a group such as {@code hub}; empty while nobody does. */
    public Optional<String> owner(String group, TopicPartition partition) throws InterruptedException {
        String name = kafka.topics().group(group);
        return await(admin.describeConsumerGroups(Set.of(name)).all()).get(name).members().stream()
                .filter(member -> member.assignment().topicPartitions().contains(partition))
                .map(MemberDescription::clientId)
                .map(clientId -> clientId.replaceFirst("^([a-z]+-\\d+).*", "$1"))
                .findFirst();
    }

    public TopicPartition partition(Symbol symbol) {
        return new TopicPartition(kafka.topics().ticks(symbol).name(), 0);
    }

    public Topics topics() {
        return kafka.topics();
    }

    @Override
    public void close() {
        clumsy.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }

    private ProducerRecord<byte[], byte[]> record(Symbol symbol, byte[] value) {
        return new ProducerRecord<>(kafka.topics().ticks(symbol).name(), symbol.toBytes(), value);
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new DrillException(
                    "the cluster did not do it: " + e.getCause().getMessage(), e);
        }
    }
}
