package io.tickhub.client.deadletter;

import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes steps in short transactions. All operators of a system share one transactional id: who comes later fences who was there
 * before, so that a letter is never replayed by both. For one thread. It owns its producer.
 *
 * <p>A transaction that fails is done again step by step, so that one record that Kafka refuses does not keep the others.
 */
final class TransactionalLetterWriter implements LetterWriter {

    // As the services' workers have them: the two waits stay below the timeout of the transaction.
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_BLOCK = Duration.ofSeconds(3);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(4);

    private final Producer<byte[], byte[]> producer;

    /** Takes ownership of the producer. */
    TransactionalLetterWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Fences whoever was at work before. What is read from now on holds all that they have done. */
    static TransactionalLetterWriter open(KafkaConfig kafka, String clientId) {
        TransactionalLetterWriter writer = new TransactionalLetterWriter(producer(kafka, clientId));
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public List<Verdict> write(List<Step> steps) {
        try {
            commit(steps);
            return steps.stream()
                    .<Verdict>map(step -> new Verdict.Done(step.letter()))
                    .toList();
        } catch (KafkaException e) {
            abort(e, steps.size());
            if (steps.size() == 1) {
                return List.of(new Verdict.Refused(
                        steps.get(0).letter().number(),
                        "Kafka refused the record: " + reason(e).getMessage()));
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Step step : steps) {
            verdicts.addAll(write(List.of(step)));
        }
        return verdicts;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private void commit(List<Step> steps) {
        producer.beginTransaction();
        for (Step step : steps) {
            // What became of a record is told by the commit.
            step.records().forEach(record -> {
                var unused = producer.send(record);
            });
        }
        producer.flush();
        try {
            producer.commitTransaction();
        } catch (TimeoutException e) {
            try {
                // It may have been committed. Only the same call again can tell.
                producer.commitTransaction();
            } catch (TimeoutException again) {
                throw new DeadLetterQueueException(
                        "Kafka did not answer in time, so that it is not known whether the last " + steps.size()
                                + " letters are done: list them again once it answers",
                        again);
            }
        }
    }

    private void abort(KafkaException failure, int letters) {
        Throwable reason = reason(failure);
        if (reason instanceof ProducerFencedException || reason instanceof InvalidProducerEpochException) {
            throw new DeadLetterQueueException(
                    "somebody else has begun to replay or drop dead letters of this system, and goes on alone: the last "
                            + letters + " were not done; list the letters, and try again",
                    failure);
        }
        if (reason instanceof TimeoutException) {
            throw failure;
        }
        producer.abortTransaction();
    }

    /** Kafka wraps what a send failed by. */
    private static Throwable reason(KafkaException failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    private static Producer<byte[], byte[]> producer(KafkaConfig kafka, String clientId) {
        Map<String, Object> purpose = Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                kafka.topics().transactionalId("dead-letters", "operator"),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                (int) TRANSACTION_TIMEOUT.toMillis(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                MAX_BLOCK.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) DELIVERY_TIMEOUT.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) MAX_BLOCK.toMillis(),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.DEAD_LETTER_BYTES);
        return new KafkaProducer<>(
                kafka.client(clientId, purpose), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
