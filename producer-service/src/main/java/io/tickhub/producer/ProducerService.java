package io.tickhub.producer;

import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Role;
import io.tickhub.producer.ProducerConfig.AtEnd;
import io.tickhub.producer.ReplaySummary.Outcome;
import io.tickhub.producer.publish.KafkaPublishing;
import io.tickhub.producer.publish.PublishException;
import io.tickhub.producer.publish.Published;
import io.tickhub.producer.publish.Pump;
import io.tickhub.producer.publish.UnusableTopicException;
import io.tickhub.producer.replay.UnusableFileException;
import io.tickhub.producer.source.NanoClock;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.DrainParticipant;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer: one thread carries one source to Kafka. Thread safe. Owns the thread, the runtime and the way to Kafka.
 *
 * <p>The thread is stopped by an interrupt, since it may wait for the next tick or for a broker that is away. What it had handed
 * to Kafka by then is given {@link #FLUSH_PATIENCE} to arrive.
 */
public final class ProducerService implements Service {

    /**
     * How long a stopping producer waits for Kafka. If it is away, to give up takes some seconds more, and after 10 s containers are
     * killed.
     */
    static final Duration FLUSH_PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProducerService.class);
    private static final Duration CLOSE_PATIENCE = FLUSH_PATIENCE.plusSeconds(2);

    private final ProducerConfig config;
    private final ServiceRuntime runtime;
    private final KafkaPublishing publishing;
    private final SourceRun run;
    private final Thread thread;
    private final CompletableFuture<Void> carried = new CompletableFuture<>();
    private final CompletableFuture<Void> leaving = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;

    /** Creates the Kafka clients, which connect when they can; {@link #start} does the rest. */
    public ProducerService(ProducerConfig config) {
        this.config = config;
        String instance = config.runtime().instance();
        this.runtime = new ServiceRuntime(config.runtime(), Role.PRODUCER, List.of(), this::isReady);
        ProducerMeters meters = new ProducerMeters(runtime.meters());
        this.publishing = new KafkaPublishing(
                runtime.kafka(), runtime.admin(), instance, config.sizing(), config.retention(), meters, runtime::fail);
        Pump pump = new Pump(publishing.publisher(), NanoClock.SYSTEM);
        meters.bind(publishing.publisher(), pump);
        this.run = new SourceRun(config.input(), instance, publishing, pump);
        this.thread = new Thread(this::carry, instance);
        CompletableFuture<Void> done = CompletableFuture.allOf(carried, leaving);
        var unusedDone = done.thenRun(() -> ended.complete(null));
        var unusedFailure = runtime.failure().exceptionally(cause -> {
            ended.completeExceptionally(cause);
            return null;
        });
    }

    @Override
    public void start() {
        runtime.start(new SourceDrain());
        thread.start();
    }

    @Override
    public boolean isReady() {
        return run.isOpen() && !publishing.isAway() && !stopping;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        stopSource();
        leaving.complete(null);
    }

    @Override
    public void close() {
        stop();
        try {
            if (thread.isAlive()) {
                carried.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The producer did not end in order: {}", e.toString());
        }
        publishing.close();
        runtime.close();
    }

    /** What has been published so far. */
    public ReplaySummary summary() {
        return run.summary(carried.isDone() && !stopping ? Outcome.FINISHED : Outcome.STOPPED);
    }

    private synchronized void stopSource() {
        if (!stopping) {
            stopping = true;
            thread.interrupt();
        }
        if (thread.getState() == Thread.State.NEW) {
            carried.complete(null);
        }
    }

    private void carry() {
        try {
            carryToEndOrStop();
            carried.complete(null);
        } catch (UnusableTopicException | UnusableFileException | PublishException | UncheckedIOException e) {
            // Nothing is wrong with the program: the message is enough.
            LOG.error("The source cannot be carried on: {}", e.getMessage());
            ended.completeExceptionally(e);
            carried.completeExceptionally(e);
        } catch (InterruptedException | RuntimeException | Error e) {
            runtime.fail(e);
            carried.completeExceptionally(e);
        }
    }

    private void carryToEndOrStop() throws InterruptedException {
        try {
            run.carry();
            LOG.info("The source has ended: {}", run.summary(Outcome.FINISHED));
            if (config.atEnd() == AtEnd.EXIT) {
                leaving.complete(null);
            }
        } catch (InterruptedException | InterruptException e) {
            if (!stopping) {
                throw e;
            }
            // Cleared, so that the flush can wait.
            var unused = Thread.interrupted();
            publishing.close(FLUSH_PATIENCE);
            LOG.info("The source was stopped: {}", run.summary(Outcome.STOPPED));
        }
    }

    /** In a drain the producer stops and flushes, says so, and stays until all may leave. */
    private final class SourceDrain implements DrainParticipant {

        @Override
        public void follow(DrainState drain) {
            switch (drain.phase()) {
                case STOP_PRODUCERS, CONSUME -> {
                    stopSource();
                    runtime.report(carried.isDone() ? State.DRAINED : State.DRAINING);
                }
                case EXIT, DONE -> stop();
            }
        }

        @Override
        public Figures figures() {
            Published published = publishing.publisher().published();
            Map<String, Long> ticksBySymbol = new TreeMap<>();
            published.ticksBySymbol().forEach((symbol, ticks) -> ticksBySymbol.put(symbol.name(), ticks));
            return Figures.of(published.ticks(), ticksBySymbol);
        }
    }
}
