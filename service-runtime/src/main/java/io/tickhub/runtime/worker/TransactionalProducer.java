package io.tickhub.runtime.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
import org.apache.kafka.common.Metric;
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
 * its Kafka producers.
 *
 * <p>They take turns. Kafka answers a commit once it is decided, but before its markers are written. A transaction of the same producer that
 * begins meanwhile is refused, the broker looks again after 20 ms, and all readers wait; another producer's begins at once. Nothing is out of
 * order by that: what the first has written stands in front and is decided. Only a broker that crashes may forget that: see {@link #hasLostConnection}.
 *
 * <p>After a failure it aborts; where that fails too (the coordinator ended the transaction by its timeout while the cluster was
 * away), it closes its Kafka producers and makes new ones under the same transactional ids, which ends whatever was open. That is
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

    /** So that a transaction's records share requests; a commit waits for no linger. */
    private static final int LINGER_MILLIS = 1;

    /** Of all producers together, which each keep what they once had. Twice as much was not faster with a thousand partitions. */
    private static final long BUFFER_BYTES = 16L * 1024 * 1024;

    /** Before what was refused is tried again, at first: with Kafka's 100 ms, readers would wait so long where both producers' markers are late. */
    private static final Duration RETRY_BACKOFF = Duration.ofMillis(10);

    /** More than this within a minute means that another process uses the same transactional ids. */
    private static final int MAX_FENCED_A_MINUTE = 4;

    private final WorkerConfig config;
    private final Retries retries;
    private final BooleanSupplier stopping;
    private final Map<String, Exception> failures = new ConcurrentHashMap<>();
    /** One for each transactional id; the first has its turn. */
    private final Deque<Turn> turns = new ArrayDeque<>();

    private int fenced;
    private long fencedSinceNanos = System.nanoTime();
    private double closedConnections;

    /**
     * A producer, and the connections to brokers that it has lost or given up.
     *
     * @param transactionalId under which another would take its place
     */
    private record Turn(String transactionalId, KafkaProducer<byte[], byte[]> producer, Metric closedConnections) {}

    /** What became of a transaction. */
    sealed interface Outcome {

        /** All of it is there. */
        record Committed() implements Outcome {}

        /** Nothing of it is there. */
        record Aborted(RuntimeException cause, Map<String, Exception> failures) implements Outcome {}
    }

    /**
     * Ends what an earlier run under the same transactional ids left open; waits for the cluster, unless {@code stopping}.
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
        KafkaProducer<byte[], byte[]> producer = turns.getFirst().producer();
        long beganNanos = System.nanoTime();
        boolean isSendingOffsets = false;
        try {
            producer.beginTransaction();
            OneTransaction transaction = new OneTransaction(producer);
            body.accept(transaction);
            if (!transaction.offsets.isEmpty()) {
                isSendingOffsets = true;
                producer.sendOffsetsToTransaction(transaction.offsets, group);
                isSendingOffsets = false;
            }
            commit(producer);
            turns.addLast(turns.removeFirst());
            return new Outcome.Committed();
        } catch (AuthorizationException | UnsupportedVersionException e) {
            if (failures.isEmpty()) {
                throw e;
            }
            return abort(e, true);
        } catch (KafkaException e) {
            if (isFenced(e) && System.nanoTime() - beganNanos < TRANSACTION_TIMEOUT.toNanos()) {
                countFenced(e);
            }
            // Offsets that Kafka does not take, as of a topic that was just deleted, are sent for ever, and an abort
            // would wait behind them.
            return abort(e, !isFenced(e) && !(isSendingOffsets && e instanceof TimeoutException));
        }
    }

    /**
     * Whether a connection to a broker has ended since this was last asked. A broker that has crashed may have forgotten a part of what was committed
     * just before, and would take it back with the same producer's next transaction if that is aborted. With one producer this takes the end of what was
     * written, with several something before it: so it is to be looked after before the next transaction. Often it means nothing: idle connections end too.
     */
    boolean hasLostConnection() {
        double before = closedConnections;
        closedConnections = turns.stream()
                .mapToDouble(turn -> (double) turn.closedConnections().metricValue())
                .sum();
        return closedConnections != before;
    }

    @Override
    public void close() {
        turns.forEach(turn -> turn.producer().close(Duration.ofSeconds(1)));
    }

    private static void commit(KafkaProducer<byte[], byte[]> producer) {
        try {
            producer.commitTransaction();
        } catch (TimeoutException e) {
            // It may have been committed. Only the same call again can tell.
            producer.commitTransaction();
        }
    }

    private Outcome abort(KafkaException cause, boolean canAbort) {
        Map<String, Exception> failed = Map.copyOf(failures);
        boolean usable = canAbort;
        if (usable) {
            try {
                turns.getFirst().producer().abortTransaction();
            } catch (KafkaException | IllegalStateException e) {
                // The latter after a commit that did not return in time: nothing but the same commit is allowed then.
                // A new producer settles it either way, and what became of it is read back with the offsets.
                usable = false;
            }
        }
        if (!usable) {
            // All of them: who has fenced one has fenced the others.
            turns.forEach(turn -> turn.producer().close(Duration.ZERO));
            turns.clear();
            open();
        }
        return new Outcome.Aborted(cause, failed);
    }

    /** A transaction that took longer than it may is ended by Kafka and fenced too: that is not counted. */
    private void countFenced(KafkaException cause) {
        if (System.nanoTime() - fencedSinceNanos > Duration.ofMinutes(1).toNanos()) {
            fencedSinceNanos = System.nanoTime();
            fenced = 0;
        }
        fenced++;
        if (fenced > MAX_FENCED_A_MINUTE) {
            throw new KafkaException(
                    "transactional id " + turns.getFirst().transactionalId()
                            + " is used by another process too; give each instance " + "a TICKHUB_INSTANCE of its own",
                    cause);
        }
    }

    private static boolean isFenced(KafkaException e) {
        return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
    }

    private void open() {
        try {
            for (String id : config.transactionalIds()) {
                turns.addLast(open(id));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Turn open(String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka()
                        .client(
                                transactionalId,
                                Map.of(
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                        transactionalId,
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
                                        config.batchBytes(),
                                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                                        BUFFER_BYTES / config.transactionalIds().size(),
                                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                        4 * 1024 * 1024)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            initialise(producer);
            return new Turn(transactionalId, producer, closedConnections(producer));
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Metric closedConnections(KafkaProducer<byte[], byte[]> producer) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("producer-metrics")
                        && metric.metricName().name().equals("connection-close-total"))
                .findFirst()
                .orElseThrow();
    }

    private void initialise(KafkaProducer<byte[], byte[]> producer) {
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

        private final KafkaProducer<byte[], byte[]> producer;
        private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

        OneTransaction(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            var unused = producer.send(record, (metadata, failure) -> {
                // On the caller's thread where the topic is unknown, on the producer's own otherwise. What was not sent
                // yet fails with the very
                // exception of what was refused before it: its topics are not to blame.
                if (failure != null && failures.values().stream().noneMatch(known -> known == failure)) {
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
