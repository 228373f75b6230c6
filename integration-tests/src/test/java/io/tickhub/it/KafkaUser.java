package io.tickhub.it;

import io.tickhub.runtime.access.Login;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Somebody who connects to Kafka with plain clients and tries what he may. Everything that is neither done nor denied fails. */
final class KafkaUser {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConfig kafka;

    private KafkaUser(KafkaConfig kafka) {
        this.kafka = kafka;
    }

    static KafkaUser of(KafkaConfig kafka) {
        return new KafkaUser(kafka);
    }

    static KafkaUser of(Market market, Login login) {
        return new KafkaUser(market.kafka().with(login.properties(SecurityProtocol.SASL_PLAINTEXT)));
    }

    KafkaConfig kafka() {
        return kafka;
    }

    boolean canWrite(String topic) {
        return canWrite(new ProducerRecord<>(topic, RawRequest.utf8("intruder"), RawRequest.utf8("{}")));
    }

    boolean canWrite(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            return isDone(() -> producer.send(record).get());
        }
    }

    /** Of a topic that holds records: whether one can be had. */
    boolean canRead(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("none")) {
            consumer.assign(Set.of(partition));
            consumer.seek(partition, 0);
            AtomicBoolean denied = new AtomicBoolean();
            Market.await("a record of " + topic + " is read or denied", () -> {
                AtomicBoolean read = new AtomicBoolean();
                denied.set(!isDone(() -> read.set(!consumer.poll(POLL).isEmpty())));
                return denied.get() || read.get();
            });
            return !denied.get();
        }
    }

    /** Whether the place of a group in a topic can be changed. */
    boolean canCommit(String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(group)) {
            return isDone(() -> consumer.commitSync(
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)), Duration.ofSeconds(10)));
        }
    }

    /** Whether a transaction can be begun, which ends one of that id that is open. */
    boolean canUseTransactions(String transactionalId) {
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId))) {
            return isDone(producer::initTransactions);
        }
    }

    /** Whether an administrator's work is done. */
    boolean can(AdminWork work) {
        try (Admin admin = Admin.create(
                kafka.client("intruder-admin", Map.of(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000)))) {
            return isDone(() -> work.begin(admin).get());
        }
    }

    /** What an administrator does. */
    interface AdminWork {

        KafkaFuture<?> begin(Admin admin);
    }

    private interface Attempt {

        void run() throws ExecutionException, InterruptedException;
    }

    private static boolean isDone(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (AuthorizationException | AuthenticationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof AuthenticationException) {
                return false;
            }
            throw new AssertionError("neither done nor denied: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw new AssertionError("neither done nor denied: " + e, e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> purpose = new HashMap<>(more);
        purpose.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaProducer<>(
                kafka.client("intruder", purpose), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                kafka.client(
                        "intruder",
                        Map.of(
                                ConsumerConfig.GROUP_ID_CONFIG,
                                group,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
