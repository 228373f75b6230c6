package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes this instance's record to {@code services} each {@link InstanceStatus#HEARTBEAT}, and a tombstone at a clean end. It falls
 * silent while a later process has the instance's name: that one's record must not be hidden by the goodbye of its predecessor.
 * Thread safe. It owns its thread and its producer.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final String topic;
    private final String instance;
    private final Supplier<InstanceStatus> status;
    private final BooleanSupplier replaced;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService executor;
    private boolean wasReplaced;

    /**
     * @param status asked at each beat, on this object's thread
     * @param replaced whether a later process has the name now; asked before each record
     */
    public Heartbeat(KafkaConfig kafka, String instance, Supplier<InstanceStatus> status, BooleanSupplier replaced) {
        Topics topics = kafka.topics();
        this.topic = topics.services().name();
        this.instance = instance;
        this.status = status;
        this.replaced = replaced;
        // Late is worse than never: a beat that could not be sent within the lease says nothing.
        this.producer = new KafkaProducer<>(
                kafka.client(
                        instance + "-heartbeat",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG, 0,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) InstanceStatus.LEASE.toMillis())),
                new StringSerializer(),
                new ByteArraySerializer());
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, instance + "-heartbeat"));
    }

    public void start() {
        var unused =
                executor.scheduleAtFixedRate(this::beat, 0, InstanceStatus.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes the present state now, not at the next beat. */
    public void beatNow() {
        executor.execute(this::beat);
    }

    /** Says goodbye with a tombstone, unless it is replaced. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            var unused = executor.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            if (!replaced.getAsBoolean()) {
                producer.send(new ProducerRecord<>(topic, instance, null))
                        .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warn("{} could not sign off; it counts as there until its lease is over: {}", instance, e.toString());
        }
        producer.close(Duration.ZERO);
    }

    private void beat() {
        boolean isReplaced = replaced.getAsBoolean();
        if (isReplaced && !wasReplaced) {
            LOG.warn(
                    "Another process has this one's name, {}, and signs with it: this one is not seen meanwhile",
                    instance);
        }
        wasReplaced = isReplaced;
        if (isReplaced) {
            return;
        }
        try {
            var unused = producer.send(new ProducerRecord<>(topic, instance, Json.write(status.get())));
        } catch (KafkaException e) {
            // The topic watcher tells of a cluster that is away; the next beat tries again.
            LOG.debug("{}: a heartbeat was not sent", instance, e);
        }
    }
}
