package io.tickhub.it;

import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What anybody can do with Kafka's own clients, past Tickhub's programs: topics, records, groups. Owns its clients. */
final class Wire implements AutoCloseable {

    private final KafkaConfig kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    Wire(KafkaConfig kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(kafka.client("test-admin", Map.of()));
        this.producer = new KafkaProducer<>(
                kafka.client(
                        "test-producer",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG, 1,
                                // New topics can be stuck otherwise, as the producer service explains.
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    KafkaConfig kafka() {
        return kafka;
    }

    // ---- topics

    void list(String... symbols) {
        try {
            var unused = new TopicCreator(admin)
                    .create(Arrays.stream(symbols)
                            .map(symbol -> kafka.topics().ticks(new Symbol(symbol)))
                            .toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The topics that every service makes sure of. */
    void createSystemTopics() {
        try {
            var unused = new TopicCreator(admin).create(kafka.topics().system());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@code kafka-topics --create} does, with the broker's own settings. */
    void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    void createTopic(String name, int partitions, Map<String, String> configs) {
        await(admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                .all());
        Market.await(
                "topic " + name + " can be described",
                () -> await(admin.listTopics().names()).contains(name));
    }

    /** As retention does to the first partition of a topic. */
    void deleteRecords(String topic, long before) {
        TopicPartition partition = new TopicPartition(topic, 0);
        await(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                .all());
    }

    void deleteTopic(String name) {
        await(admin.deleteTopics(Set.of(name)).all());
        Market.await(
                "topic " + name + " is gone",
                () -> !await(admin.listTopics().names()).contains(name));
    }

    /** Whoever is no member of a group and commits offsets for it, which its coordinator takes in a transaction. */
    ConsumerGroupMetadata outside(String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.client("outside", Map.of(ConsumerConfig.GROUP_ID_CONFIG, group)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /** What a group has committed for a symbol. */
    Optional<OffsetAndMetadata> committed(String group, String symbol) {
        String name = kafka.topics().group(group);
        return Optional.ofNullable(await(admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata(name))
                .get(new TopicPartition(tickTopic(symbol), 0)));
    }

    boolean exists(String topic) {
        return await(admin.listTopics().names()).contains(topic);
    }

    String tickTopic(String symbol) {
        return kafka.topics().ticks(new Symbol(symbol)).name();
    }

    /** The offset after the last one of a symbol's topic, open transactions included. */
    long end(String symbol) {
        TopicPartition partition = new TopicPartition(tickTopic(symbol), 0);
        return await(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition))
                .offset();
    }

    /** What the coordinator knows of a transactional id. */
    TransactionDescription transaction(String id) {
        return await(admin.describeTransactions(Set.of(id)).description(id));
    }

    /** The ids of the producers that have written to a topic of one partition. */
    Set<Long> producersOf(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return await(admin.describeProducers(Set.of(partition)).all()).get(partition).activeProducers().stream()
                .map(ProducerState::producerId)
                .collect(Collectors.toSet());
    }

    /** Whether an open transaction holds back readers of the topic. */
    boolean isHeldBack(String topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        await(admin.describeTopics(Set.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return !offsets(latest, IsolationLevel.READ_COMMITTED).equals(offsets(latest, IsolationLevel.READ_UNCOMMITTED));
    }

    private List<Long> offsets(Map<TopicPartition, OffsetSpec> latest, IsolationLevel level) {
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await(admin.listOffsets(latest, new ListOffsetsOptions(level)).all());
        return latest.keySet().stream()
                .map(partition -> found.get(partition).offset())
                .toList();
    }

    // ---- records

    ProducerRecord<byte[], byte[]> tickRecord(String symbol, byte[] value) {
        return new ProducerRecord<>(tickTopic(symbol), new Symbol(symbol).toBytes(), value);
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
        return await(send(record));
    }

    // ---- groups

    /** Waits until the topics are divided among the members of a group as wanted; members are called by their client ids. */
    void awaitShares(String group, String what, Predicate<Map<String, Set<String>>> wanted) {
        Market.await(what, () -> wanted.test(shares(kafka.topics().group(group))));
    }

    /** The client id of the member that owns a topic of one partition, or partitions of it. */
    String ownerOf(String group, String topic) {
        awaitShares(group, topic + " has an owner", shares -> shares.values().stream()
                .anyMatch(topics -> topics.contains(topic)));
        return shares(kafka.topics().group(group)).entrySet().stream()
                .filter(share -> share.getValue().contains(topic))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Set<String>> shares(String group) {
        try {
            return admin.describeConsumerGroups(Set.of(group)).describedGroups().get(group).get().members().stream()
                    .collect(Collectors.toMap(
                            MemberDescription::clientId, member -> member.assignment().topicPartitions().stream()
                                    .map(TopicPartition::topic)
                                    .collect(Collectors.toSet())));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw new AssertionError("group " + group + " could not be described", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("Kafka did not do it: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
