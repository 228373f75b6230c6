package io.tickhub.producer.publish;

import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.source.NanoClock;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Everything on the way to a real Kafka: the publisher, its topics, and the watch over its answers. Owns the publisher and the
 * watching thread, not the admin client. Thread safe as far as its parts are.
 */
public final class KafkaPublishing implements AutoCloseable {

    private final KafkaConfig kafka;
    private final String instance;
    private final Outage outage;
    private final Publisher publisher;
    private final ScheduledExecutorService watching;

    /**
     * Opens the producer; it connects by itself when it can.
     *
     * @param retention of tick topics that are made
     * @param listener hears of each new symbol, on the publishing thread
     * @param onFailure told if the watching thread dies
     */
    public KafkaPublishing(
            KafkaConfig kafka,
            Admin admin,
            String instance,
            ProducerSizing sizing,
            Duration retention,
            SymbolListener listener,
            Consumer<Throwable> onFailure) {
        this.kafka = kafka;
        this.instance = instance;
        this.outage = new Outage(kafka.bootstrapServers(), NanoClock.SYSTEM);
        TickTopicMaker topicMaker = new KafkaTickTopicMaker(admin, kafka.topics(), retention, outage);
        this.publisher = new Publisher(producer(sizing), topicMaker, kafka.topics(), instance, listener);
        StallWatch watch =
                new StallWatch(publisher, outage, topicMaker, StallWatch.TopicLister.of(admin), NanoClock.SYSTEM);
        this.watching = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name(instance + "-watch").unstarted(task));
        var unused = watching.scheduleWithFixedDelay(
                () -> look(watch, onFailure),
                StallWatch.PERIOD.toMillis(),
                StallWatch.PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    public Publisher publisher() {
        return publisher;
    }

    /** Whether Kafka takes no records at the moment. */
    public boolean isAway() {
        return outage.isAway();
    }

    /** The rows of these files that stand in Kafka, for a replay that is to go on; the caller closes it. */
    public StoredRows storedRows(ReplayConfig replay) {
        return new StoredRows(
                kafka,
                instance + "-resume",
                replay.files().stream()
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .collect(Collectors.toSet()));
    }

    /** Gives Kafka so long to acknowledge what is on its way, then gives up the rest and closes everything. */
    public void close(Duration patience) {
        publisher.close(patience);
        watching.shutdownNow();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private static void look(StallWatch watch, Consumer<Throwable> onFailure) {
        try {
            watch.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
            throw e;
        }
    }

    private KafkaProducer<byte[], byte[]> producer(ProducerSizing sizing) {
        // Waiting is not failing: the producer tries for ever, and is stopped by an interrupt.
        Map<String, Object> purpose = Map.of(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // With more, a new topic can be stuck for ever (seen with 4.3.1): its leader refuses the first batch,
                // since it
                // is not ready, but takes the second; then the first, sent again, is out of sequence, however often.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.RETRIES_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) Integer.MAX_VALUE,
                ProducerConfig.LINGER_MS_CONFIG,
                sizing.linger().toMillis(),
                ProducerConfig.BATCH_SIZE_CONFIG,
                sizing.batchBytes(),
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                sizing.bufferBytes());
        return new KafkaProducer<>(
                kafka.client(instance + "-producer", purpose), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
