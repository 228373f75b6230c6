package io.tickhub.hub;

import io.tickhub.hub.bar.BarQueries;
import io.tickhub.hub.command.CommandComputation;
import io.tickhub.hub.drain.DrainCoordinator;
import io.tickhub.hub.feed.FeedComputation;
import io.tickhub.hub.feed.FeedJanitor;
import io.tickhub.hub.feed.FeedLags;
import io.tickhub.hub.feed.FeedTables;
import io.tickhub.hub.feed.ForwardedRecords;
import io.tickhub.hub.feed.OwnerWatch;
import io.tickhub.hub.table.HubTables;
import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Lease;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.model.Topics;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.WorkersDrain;
import io.tickhub.runtime.worker.Input;
import io.tickhub.runtime.worker.Worker;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub: answers commands and copies ticks into the feeds of subscribers. Several hubs share the load: the partitions of the
 * commands, and the symbols, are divided among all their workers. Thread safe. It owns its runtime, its workers and a producer.
 */
public final class HubService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(HubService.class);
    private static final Duration CLEAN_PERIOD = Duration.ofSeconds(2);
    private static final Duration LOOK_PERIOD = Duration.ofMillis(250);
    private static final int LOOKS_PER_LAG = 8;
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);
    private static final int FEED_BATCH = 1_000;
    /** Each may have to make a feed, which takes tens of milliseconds. */
    private static final int COMMAND_BATCH = 100;
    /** With Kafka's 16 KiB a hub writes a fifth fewer records a second. */
    private static final int BATCH_BYTES = 64 * 1024;

    private final HubConfig config;
    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final Producer<byte[], byte[]> producer;
    private final DrainCoordinator drain;
    private final BarQueries bars;
    private final CommandComputation commands;
    private final List<Worker> workers = new ArrayList<>();
    private final List<ForwardedRecords> forwarded = new ArrayList<>();
    private final FeedLags lags;
    private final OwnerWatch watch;
    private final FeedJanitor janitor;
    private int looks;
    private final ScheduledExecutorService cleaning;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    public HubService(HubConfig config) {
        this.config = config;
        this.runtime = new ServiceRuntime(config.runtime(), Role.HUB, transactionalIds(), this::isReady);
        Topics topics = runtime.topics();
        this.tables = new HubTables(
                runtime.table(topics.subscriptions(), Subscription.class),
                runtime.table(topics.progress(), Progress.class),
                runtime.table(topics.leases(), Lease.class),
                runtime.table(topics.stats(), PriceStats.class));
        this.producer = newProducer();
        this.lags = new FeedLags(runtime.admin(), topics, tables, config.slowReaderLag());
        List<Worker> feeds =
                IntStream.range(0, config.workers()).mapToObj(this::feedWorker).toList();
        this.drain = new DrainCoordinator(
                runtime,
                tables,
                new WorkersDrain(feeds, this::figures, runtime::report, this::stop),
                this::stop,
                producer);
        this.bars = new BarQueries(runtime.kafka(), instance() + "-bars", tables.stats(), () -> runtime.tickTopics()
                .current());
        this.commands = new CommandComputation(runtime, tables, config.clientLease(), lags, bars, drain, producer);
        workers.addAll(feeds);
        workers.add(commandWorker());
        this.janitor = new FeedJanitor(runtime, tables, config.feedGrace(), commands::owns, producer);
        this.watch = new OwnerWatch(runtime.services(), tables, instance(), System::nanoTime, record -> {
            var unused = producer.send(record);
        });
        // The janitor can block for seconds.
        this.cleaning = Executors.newScheduledThreadPool(2, task -> new Thread(task, instance() + "-care"));
    }

    @Override
    public void start() {
        runtime.start(drain);
        workers.forEach(Worker::start);
        var unused = cleaning.scheduleWithFixedDelay(
                () -> care("Ended subscriptions could not be removed", janitor::clean),
                CLEAN_PERIOD.toMillis(),
                CLEAN_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        var unusedLook = cleaning.scheduleWithFixedDelay(
                () -> care("The owners of symbols could not be watched", this::lookAround),
                LOOK_PERIOD.toMillis(),
                LOOK_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        CompletableFuture<Void> all =
                CompletableFuture.allOf(workers.stream().map(Worker::ended).toArray(CompletableFuture[]::new));
        workers.forEach(worker -> {
            var unusedWatch = worker.ended().whenComplete((done, failure) -> {
                if (failure != null) {
                    runtime.fail(failure);
                }
            });
        });
        var unusedEnd = CompletableFuture.anyOf(all, runtime.failure()).whenComplete((done, failure) -> {
            if (failure != null) {
                ended.completeExceptionally(failure);
            } else {
                ended.complete(null);
            }
        });
        LOG.info("{} runs with {} workers", instance(), config.workers());
    }

    @Override
    public boolean isReady() {
        return !workers.isEmpty() && workers.stream().allMatch(Worker::isReady);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        workers.forEach(Worker::stop);
    }

    @Override
    public void close() {
        stop();
        cleaning.shutdownNow();
        for (Worker worker : workers) {
            try {
                worker.awaitEnd(END_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            // It uses the producer.
            var unused = cleaning.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bars.close();
        producer.close(Duration.ofSeconds(2));
        runtime.close();
    }

    private String instance() {
        return config.runtime().instance();
    }

    private List<String> transactionalIds() {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, config.workers()).forEach(number -> ids.addAll(transactionalIds("feeds-" + number)));
        ids.addAll(transactionalIds("commands"));
        return ids;
    }

    private List<String> transactionalIds(String worker) {
        return config.runtime().kafka().topics().transactionalIds(instance(), worker);
    }

    private Figures figures() {
        Map<String, Long> recordsByFeed = new HashMap<>();
        forwarded.forEach(
                worker -> worker.byFeed().forEach((feed, records) -> recordsByFeed.merge(feed, records, Long::sum)));
        return Figures.of(forwarded.stream().mapToLong(ForwardedRecords::total).sum(), recordsByFeed);
    }

    private Worker feedWorker(int number) {
        String name = "feeds-" + number;
        Topics topics = runtime.topics();
        FeedTables feedTables = new FeedTables(
                runtime.kafka(),
                runtime.admin(),
                instance() + "-history-" + number,
                instance() + "-tails-" + number,
                runtime.tickTopics(),
                tables.subscriptions(),
                tables.progress());
        ForwardedRecords records = new ForwardedRecords();
        forwarded.add(records);
        return new Worker(
                new WorkerConfig(
                        instance() + "-" + name,
                        runtime.kafka(),
                        topics.group("hub"),
                        transactionalIds(name),
                        new Input.Ticks(topics, runtime.tickTopics()),
                        FEED_BATCH,
                        BATCH_BYTES,
                        runtime.config().retryFor(),
                        List.of(tables.subscriptions(), tables.progress())),
                runtime.admin(),
                runtime.meters(),
                partitions -> new FeedComputation(
                        feedTables,
                        partitions,
                        InstanceStatus.run(instance(), runtime.startedAt()),
                        lags::isBehind,
                        this::isDraining,
                        this::exists,
                        HubMetrics.FEED_RECORDS.counter().register(runtime.meters()),
                        records));
    }

    private Worker commandWorker() {
        Topics topics = runtime.topics();
        return new Worker(
                new WorkerConfig(
                        instance() + "-commands",
                        runtime.kafka(),
                        topics.group("hub-commands"),
                        transactionalIds("commands"),
                        new Input.Commands(topics, runtime.tickTopics()),
                        COMMAND_BATCH,
                        BATCH_BYTES,
                        runtime.config().retryFor(),
                        List.of(tables.subscriptions(), tables.progress(), tables.stats(), runtime.control())),
                runtime.admin(),
                runtime.meters(),
                partitions -> commands);
    }

    private Producer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                runtime.kafka()
                        .client(
                                instance() + "-replies",
                                Map.of(
                                        ProducerConfig.LINGER_MS_CONFIG, 0,
                                        // One reply goes at once; a flood of them goes in batches.
                                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Whether a topic exists; a cluster that does not answer is taken for yes. */
    private boolean exists(String topic) {
        try {
            var unused = runtime.admin()
                    .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(2_000))
                    .topicNameValues()
                    .get(topic)
                    .get();
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof UnknownTopicOrPartitionException);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean isDraining() {
        return runtime.control()
                .get(DrainState.KEY)
                .filter(state -> state.phase() != DrainState.Phase.DONE)
                .filter(state -> runtime.services().newestAppend().isBefore(state.deadline()))
                .isPresent();
    }

    private void lookAround() throws InterruptedException {
        watch.look();
        looks++;
        if (looks % LOOKS_PER_LAG == 0) {
            lags.look();
        }
    }

    private interface Care {
        void take() throws InterruptedException;
    }

    private void care(String whatFailed, Care work) {
        try {
            work.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOG.warn("{}; trying again: {}", whatFailed, e.toString());
        } catch (RuntimeException e) {
            runtime.fail(e);
        }
    }
}
