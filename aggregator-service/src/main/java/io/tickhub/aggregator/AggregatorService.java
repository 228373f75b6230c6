package io.tickhub.aggregator;

import io.tickhub.aggregator.statistics.AggregatorComputation;
import io.tickhub.aggregator.statistics.AggregatorComputation.Pace;
import io.tickhub.aggregator.statistics.AggregatorComputation.Sources;
import io.tickhub.aggregator.statistics.StatisticsListener;
import io.tickhub.aggregator.summary.SummaryLog;
import io.tickhub.aggregator.summary.SymbolBoard;
import io.tickhub.model.Figures;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.deadletter.DeadLetters;
import io.tickhub.runtime.drain.WorkersDrain;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import io.tickhub.runtime.worker.Input;
import io.tickhub.runtime.worker.Worker;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps exact statistics and bars of every symbol. Thread safe. It owns its workers, the runtime below them and the summary in the log, and
 * closes them in this order.
 */
public final class AggregatorService implements Service {

    /** The consumer group of all aggregators, without the prefix. */
    public static final String GROUP = "aggregator";

    private static final Logger LOG = LoggerFactory.getLogger(AggregatorService.class);
    private static final int BATCH = 5_000;
    /** With 64 KiB a backlog of 300 symbols leaves a fourth more in the heap. */
    private static final int BATCH_BYTES = 32 * 1024;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final AggregatorConfig config;
    private final ServiceRuntime runtime;
    private final SymbolBoard board = new SymbolBoard();
    private final SummaryLog summary;
    private final List<Worker> workers;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean started;

    public AggregatorService(AggregatorConfig config) {
        this.config = config;
        List<String> names = IntStream.range(0, config.workers())
                .mapToObj(number -> "aggregator-" + number)
                .toList();
        String instance = config.runtime().instance();
        Topics topics = config.runtime().kafka().topics();
        this.runtime = new ServiceRuntime(
                config.runtime(),
                Role.AGGREGATOR,
                names.stream()
                        .map(name -> topics.transactionalId(instance, name))
                        .toList(),
                this::isReady);
        CompactedTable<byte[]> states = runtime.rawTable(topics.aggregatorState());
        this.summary = new SummaryLog(board, instance + "-summary");
        StatisticsListener recorder = new PublicationRecorder(runtime.meters(), board);
        this.workers =
                names.stream().map(name -> worker(name, states, recorder)).toList();
    }

    private Worker worker(String name, CompactedTable<byte[]> states, StatisticsListener listener) {
        Topics topics = runtime.topics();
        String instance = config.runtime().instance();
        WorkerConfig workerConfig = new WorkerConfig(
                instance + "-" + name,
                runtime.kafka(),
                topics.group(GROUP),
                // One producer is enough: between two of its transactions there is time for the markers.
                List.of(topics.transactionalId(instance, name)),
                new Input.Ticks(topics, runtime.tickTopics()),
                BATCH,
                BATCH_BYTES,
                runtime.config().retryFor(),
                List.of(states));
        Sources sources = new Sources(
                symbol -> runtime.tickTopics().current().find(symbol).map(TickTopic::topicId),
                symbol -> states.get(symbol.name()));
        DeadLetters deadLetters = new DeadLetters(topics, instance, InstantSource.system());
        return new Worker(
                workerConfig,
                runtime.admin(),
                runtime.meters(),
                partitions -> new AggregatorComputation(
                        topics,
                        sources,
                        deadLetters,
                        listener,
                        config.bars(),
                        config.sessions(),
                        new Pace(config.publishInterval(), System::nanoTime, InstantSource.system())));
    }

    @Override
    public void start() {
        runtime.start( // Its figures are the statistics.
                new WorkersDrain(workers, () -> Figures.NONE, runtime::report, this::stop));
        makeBarTopics();
        var unusedFailure = runtime.failure().exceptionally(this::fail);
        workers.forEach(worker -> {
            var unusedEnd = worker.ended().exceptionally(this::fail);
        });
        var unusedEnd = allWorkersEnded().thenRun(() -> ended.complete(null));
        started = true;
        workers.forEach(Worker::start);
        summary.start(config.summaryInterval());
        LOG.info(
                "Aggregator {} has started with {} workers, cluster {}",
                config.runtime().instance(),
                workers.size(),
                runtime.kafka().bootstrapServers());
    }

    private void makeBarTopics() {
        try {
            var unused = runtime.topicCreator()
                    .create(config.bars().intervals().stream()
                            .map(runtime.topics()::bars)
                            .toList());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public boolean isReady() {
        return started && !ended.isDone() && workers.stream().allMatch(Worker::isReady);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        board.freeze();
        workers.forEach(Worker::stop);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stop();
        if (started) {
            awaitWorkers();
        }
        summary.close();
        runtime.close();
        ended.complete(null);
    }

    private void awaitWorkers() {
        try {
            allWorkersEnded().get(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.error(
                    "The workers of {} have not ended within {} s; closing without them",
                    config.runtime().instance(),
                    CLOSE_TIMEOUT.toSeconds());
        } catch (ExecutionException e) {
            LOG.debug("A worker had died; ended() has told it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> allWorkersEnded() {
        return CompletableFuture.allOf(workers.stream().map(Worker::ended).toArray(CompletableFuture<?>[]::new));
    }

    private Void fail(Throwable cause) {
        ended.completeExceptionally(cause);
        return null;
    }
}
