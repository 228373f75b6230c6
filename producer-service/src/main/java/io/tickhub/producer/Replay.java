package io.tickhub.producer;

import io.tickhub.producer.ProducerConfig.Input;
import io.tickhub.producer.ReplaySummary.Outcome;
import io.tickhub.producer.publish.KafkaPublishing;
import io.tickhub.producer.publish.ProducerSizing;
import io.tickhub.producer.publish.Published;
import io.tickhub.producer.publish.Pump;
import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.source.NanoClock;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays files into a running system, without being a service of it. Used once, by one thread, but {@link #stop} may be called
 * by any.
 */
public final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 15_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private final KafkaConfig kafka;
    private final ReplayConfig config;
    private final Duration retention;
    private Optional<Thread> runner = Optional.empty();
    private boolean stopping;

    /** @param retention how long ticks are kept in topics that are made */
    public Replay(KafkaConfig kafka, ReplayConfig config, Duration retention) {
        this.kafka = kafka;
        this.config = config;
        this.retention = retention;
    }

    /**
     * Publishes the files to their end, or until {@link #stop}, and waits for Kafka's acknowledgement.
     *
     * @throws KafkaException if no broker answers at the start, or Kafka refuses a record for good
     * @throws io.tickhub.producer.replay.UnusableFileException if a file is empty or lacks a column
     * @throws java.io.UncheckedIOException if a file cannot be read to its end
     * @throws io.tickhub.producer.publish.UnusableTopicException if a symbol's topic cannot be used, or does not tell where to go on
     * @throws InterruptedException if the thread is interrupted by somebody else
     */
    public ReplaySummary run() throws InterruptedException {
        begin();
        Map<String, Object> adminProperties = kafka.client(
                config.sourceName() + "-admin",
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CONNECT_TIMEOUT_MILLIS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS));
        try (Admin admin = Admin.create(adminProperties)) {
            awaitCluster(admin);
            var unused = new TopicCreator(admin).create(List.of(kafka.topics().deadLetters()));
            return run(admin);
        } catch (InterruptedException | InterruptException e) {
            if (!isStopping()) {
                throw e;
            }
            return new ReplaySummary(Outcome.STOPPED, new Published(new TreeMap<>(), 0, 0), 0, Duration.ZERO);
        } finally {
            end();
        }
    }

    /** Asks it to end early; what was handed to Kafka still arrives. Returns at once. */
    public synchronized void stop() {
        stopping = true;
        runner.ifPresent(Thread::interrupt);
    }

    private ReplaySummary run(Admin admin) throws InterruptedException {
        try (KafkaPublishing publishing = new KafkaPublishing(
                kafka,
                admin,
                config.sourceName(),
                ProducerSizing.UNKNOWN,
                retention,
                (symbol, acknowledged) -> {},
                Replay::watchFailed)) {
            Pump pump = new Pump(publishing.publisher(), NanoClock.SYSTEM);
            SourceRun run = new SourceRun(new Input.Replayed(config), config.sourceName(), publishing, pump);
            try {
                run.carry();
                return run.summary(Outcome.FINISHED);
            } catch (InterruptedException | InterruptException e) {
                if (!isStopping()) {
                    throw e;
                }
                // Cleared, so that the flush can wait.
                var unused = Thread.interrupted();
                publishing.close(ProducerService.FLUSH_PATIENCE);
                return run.summary(Outcome.STOPPED);
            }
        }
    }

    private void awaitCluster(Admin admin) throws InterruptedException {
        try {
            var unused = admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "no Kafka broker answers at " + kafka.bootstrapServers() + "; is it running, and is "
                            + KafkaConfig.BOOTSTRAP_SERVERS.name() + " right?",
                    e.getCause());
        }
    }

    /** Only the outage's log lines are lost with it. */
    private static void watchFailed(Throwable cause) {
        LOG.warn("Kafka's answers are not watched any longer", cause);
    }

    private synchronized void begin() {
        runner = Optional.of(Thread.currentThread());
        if (stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        runner = Optional.empty();
        if (stopping) {
            // It was this class's own interrupt.
            var unused = Thread.interrupted();
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }
}
