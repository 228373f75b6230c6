package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's producer: runs one transaction after another, and makes itself usable again after one failed. For one thread. It owns
 * its Kafka producer.
 *
 * <p>After a failure it aborts; where that fails too (the coordinator ended the transaction by its timeout while the cluster was
 * away), it closes the Kafka producer and makes a new one under the same transactional id, which ends whatever was open. That is
 * safe, because the offsets of a transaction carry the consumer's group generation: a worker that is no longer the owner cannot
 * commit, whichever producer it uses.
 */
final class TransactionalProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);

    /** How long a killed worker's transaction can hold back its readers when nobody ends it sooner. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    // Both stay below the transaction timeout: a worker that cannot write knows it before its transaction is taken
    // away.
    private static final Duration MAX_BLOCK = Duration.ofSeconds(3);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    /** So that a transaction's records share requests, which are under way while its offsets are; a commit waits for no linger. */
    private static final int LINGER_MILLIS = 1;

    /**
     * The most of one partition that goes in one batch. Of a transaction's records so many belong to each partition that with Kafka's default of 16 KiB
     * the broker has four times as many batches to check and to write; a hub wrote a fifth more records a second.
     */
    private static final int BATCH_BYTES = 64 * 1024;

    /**
     * Before what was refused is tried again, at first. A transaction that begins while the markers of the one before are being written is refused,
     * and with Kafka's 100 ms every hundredth tick would be so late.
     */
    private static final Duration RETRY_BACKOFF = Duration.ofMillis(10);

    /** More than this within a minute means that another process uses the same transactional id. */
    private static final int MAX_FENCED_A_MINUTE = 4;

    private final WorkerConfig config;
    private final Retries retries;
    private final BooleanSupplier stopping;
    private final Map<String, Exception> failures = new ConcurrentHashMap<>();
    private KafkaProducer<byte[], byte[]> producer;
    private int fenced;
    private long fencedSinceNanos = System.nanoTime();

    /** What became of a transaction. */
    sealed interface Outcome {

        /** All of it is there. */
        record Committed() implements Outcome {}

        /** Nothing of it is there. */
        record Aborted(RuntimeException cause, Map<String, Exception> failures) implements Outcome {}
    }

    /**
     * Ends what an earlier run under the same transactional id left open; waits for the cluster, unless {@code stopping}.
     *
     * @param retries say for how long; told of success by the caller
     */
    TransactionalProducer(WorkerConfig config, Retries retries, BooleanSupplier stopping) {
        this.config = config;
        this.retries = retries;
        this.stopping = stopping;
        open();
    }

    /**
     * Runs one transaction.
     *
     * @param body sends and names offsets
     * @param group the consumer's membership, by which a former owner is fenced
     * @throws KafkaException if no transaction can succeed any more
     */
    Outcome run(Consumer<Transaction> body, ConsumerGroupMetadata group) {
        failures.clear();
        try {
            producer.beginTransaction();
            OneTransaction transaction = new OneTransaction();
            body.accept(transaction);
            if (!transaction.offsets.isEmpty()) {
                producer.sendOffsetsToTransaction(transaction.offsets, group);
            }
            commit();
            return new Outcome.Committed();
        } catch (AuthorizationException | UnsupportedVersionException e) {
            if (failures.isEmpty()) {
                throw e;
            }
            return abort(e);
        } catch (KafkaException e) {
            return abort(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private void commit() {
        try {
            producer.commitTransaction();
        } catch (TimeoutException e) {
            // It may have been committed. Only the same call again can tell.
            producer.commitTransaction();
        }
    }

    private Outcome abort(KafkaException cause) {
        Map<String, Exception> failed = Map.copyOf(failures);
        boolean usable = !isFenced(cause);
        if (usable) {
            try {
                producer.abortTransaction();
            } catch (KafkaException | IllegalStateException e) {
                // The latter after a commit that did not return in time: nothing but the same commit is allowed then.
                // A new producer settles it either way, and what became of it is read back with the offsets.
                usable = false;
            }
        }
        if (!usable) {
            countFenced(cause);
            producer.close(Duration.ZERO);
            open();
        }
        return new Outcome.Aborted(cause, failed);
    }

    private void countFenced(KafkaException cause) {
        if (!isFenced(cause)) {
            return;
        }
        if (System.nanoTime() - fencedSinceNanos > Duration.ofMinutes(1).toNanos()) {
            fencedSinceNanos = System.nanoTime();
            fenced = 0;
        }
        fenced++;
        if (fenced > MAX_FENCED_A_MINUTE) {
            throw new KafkaException(
                    "transactional id " + config.transactionalId()
                            + " is used by another process too; give each instance " + "a TICKHUB_INSTANCE of its own",
                    cause);
        }
    }

    private static boolean isFenced(KafkaException e) {
        return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
    }

    private void open() {
        producer = new KafkaProducer<>(
                config.kafka()
                        .client(
                                config.name(),
                                Map.of(
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                        config.transactionalId(),
                                        ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                                        RETRY_BACKOFF.toMillis(),
                                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                        (int) TRANSACTION_TIMEOUT.toMillis(),
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                        MAX_BLOCK.toMillis(),
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                        (int) DELIVERY_TIMEOUT.toMillis(),
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        (int) REQUEST_TIMEOUT.toMillis(),
                                        ProducerConfig.LINGER_MS_CONFIG,
                                        LINGER_MILLIS,
                                        ProducerConfig.BATCH_SIZE_CONFIG,
                                        BATCH_BYTES,
                                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                        4 * 1024 * 1024)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            initialise();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private void initialise() {
        boolean warned = false;
        while (true) {
            try {
                producer.initTransactions();
                if (warned) {
                    LOG.info("{}: the cluster answers again", config.name());
                }
                return;
            } catch (TimeoutException e) {
                // Kafka's producer has waited long enough; no further delay is needed.
                if (stopping.getAsBoolean() || retries.failed().isEmpty()) {
                    throw e;
                }
                if (!warned) {
                    warned = true;
                    LOG.warn("{}: the cluster does not answer; waiting for it", config.name());
                }
            }
        }
    }

    private final class OneTransaction implements Transaction {

        private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            var unused = producer.send(record, (metadata, failure) -> {
                // On the caller's thread where the topic is unknown, on the producer's own otherwise.
                if (failure != null) {
                    failures.putIfAbsent(record.topic(), failure);
                }
            });
            // Each further send to an unknown topic would block for as long again.
            if (!failures.isEmpty()) {
                throw new KafkaException("topics " + failures.keySet() + " could not be written");
            }
        }

        @Override
        public void commit(TopicPartition partition, long nextOffset, String note) {
            offsets.put(partition, new OffsetAndMetadata(nextOffset, note));
        }
    }
}
