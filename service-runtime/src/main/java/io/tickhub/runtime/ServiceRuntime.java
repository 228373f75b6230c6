package io.tickhub.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.drain.DrainFollower;
import io.tickhub.runtime.drain.DrainParticipant;
import io.tickhub.runtime.health.HttpEndpoint;
import io.tickhub.runtime.presence.DeadInstances;
import io.tickhub.runtime.presence.HangingTransactions;
import io.tickhub.runtime.presence.Heartbeat;
import io.tickhub.runtime.presence.Instances;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import io.tickhub.runtime.table.TableReader;
import io.tickhub.runtime.topic.TopicCreator;
import io.tickhub.runtime.topic.TopicWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every service stands on: the admin client, the tables, the watch over tick topics, its place in {@code services}, the drain,
 * metrics and health. A service declares its tables, then starts the runtime, then its own work; it closes its own work first.
 * Thread safe once started. Owns everything that it hands out.
 */
public final class ServiceRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRuntime.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TABLES_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration ADMIN_CLOSE = Duration.ofMillis(500);
    private static final Duration TICK = Duration.ofMillis(100);

    private final RuntimeConfig config;
    private final KafkaConfig kafka;
    private final Role role;
    private final List<String> transactionalIds;
    private final BooleanSupplier ready;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Instant startedAt = Instant.now();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final TableReader tables;
    private final CompactedTable<InstanceStatus> services;
    private final CompactedTable<DrainState> control;
    private final Instances instances;
    private final Admin admin;
    private final TopicWatcher tickTopics;
    private volatile State state = State.STARTING;
    private volatile Instant signedOnAt = Instant.MAX;
    private volatile Runnable beatNow = () -> {};
    private long lookedForDeadNanos = System.nanoTime();

    /**
     * @param transactionalIds of this instance's workers, so that survivors can end what they leave open
     * @param ready whether the service does its work
     */
    public ServiceRuntime(RuntimeConfig config, Role role, List<String> transactionalIds, BooleanSupplier ready) {
        this.config = config;
        this.kafka = config.kafka().reportingTo(meters);
        this.role = role;
        this.transactionalIds = List.copyOf(transactionalIds);
        this.ready = ready;
        this.admin = Admin.create(kafka.client(
                config.instance() + "-admin",
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000)));
        // Without a limit it would wait for the answers to all that was asked, of a broker that may be away.
        var unusedAdmin = own(() -> admin.close(ADMIN_CLOSE));
        this.tables = own(new TableReader(kafka, config.instance() + "-tables", this::fail));
        this.services = tables.table(topics().services(), InstanceStatus.class);
        this.control = tables.table(topics().control(), DrainState.class);
        this.instances = new Instances(services, System::nanoTime);
        this.tickTopics = own(new TopicWatcher(admin, topics(), config.instance() + "-topics", this::fail));
        new JvmMemoryMetrics().bindTo(meters);
        own(new JvmGcMetrics()).bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
    }

    /** Declares a table; before {@link #start}. */
    public <V> CompactedTable<V> table(Topics.Spec topic, Class<V> type) {
        return tables.table(topic, type);
    }

    /** Declares a table whose values are read by who asks for them; before {@link #start}. */
    public CompactedTable<byte[]> rawTable(Topics.Spec topic) {
        return tables.rawTable(topic);
    }

    /**
     * Connects, makes sure of the system's topics, reads the tables to their ends and takes its place in {@code services}.
     *
     * @param participant what the service does in a drain
     * @throws KafkaException if the cluster does not answer in time, or refuses
     * @throws IllegalStateException if the system is being shut down
     */
    public void start(DrainParticipant participant) {
        try {
            awaitCluster();
            var unused = topicCreator().create(topics().system());
            if (role == Role.HUB) {
                own(new HangingTransactions(admin, kafka, instances, config.instance(), this::fail))
                        .start();
            }
            tables.start();
            tables.awaitCurrent(admin, TABLES_TIMEOUT);
            tickTopics.start();
            Heartbeat heartbeat =
                    own(new Heartbeat(kafka, config.instance(), () -> status(participant), this::isReplaced));
            heartbeat.start();
            beatNow = heartbeat::beatNow;
            signedOnAt = awaitOwnHeartbeat();
            DrainFollower drain = new DrainFollower(control, services);
            drain.begin(signedOnAt);
            Runnable housework = housework();
            ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
                    task -> new Thread(task, config.instance() + "-housekeeping"));
            own(() -> {
                housekeeping.shutdownNow();
                var unusedEnd = housekeeping.awaitTermination(5, TimeUnit.SECONDS);
            });
            var unusedTask = housekeeping.scheduleWithFixedDelay(
                    () -> keepHouse(housework, drain, participant),
                    TICK.toMillis(),
                    TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
            if (config.httpPort().isPresent()) {
                HttpEndpoint http = own(new HttpEndpoint(
                        config.httpHost(),
                        config.httpPort().getAsInt(),
                        meters,
                        () -> !failure.isDone(),
                        () -> ready.getAsBoolean() && isHeard()));
                http.start();
                LOG.info("Metrics and health on http://{}:{}", config.httpHost(), http.port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
        state = State.RUNNING;
    }

    /** Whether the cluster has lately taken a sign of life of this instance, and it was read back. */
    private boolean isHeard() {
        return instances.alive().stream().anyMatch(status -> status.instance().equals(config.instance()));
    }

    public RuntimeConfig config() {
        return config;
    }

    public KafkaConfig kafka() {
        return kafka;
    }

    public Topics topics() {
        return kafka.topics();
    }

    public Admin admin() {
        return admin;
    }

    public TopicCreator topicCreator() {
        return new TopicCreator(admin);
    }

    public TopicWatcher tickTopics() {
        return tickTopics;
    }

    public Instances instances() {
        return instances;
    }

    /** The table {@code services}. */
    public CompactedTable<InstanceStatus> services() {
        return services;
    }

    /** The table {@code control}. */
    public CompactedTable<DrainState> control() {
        return control;
    }

    public MeterRegistry meters() {
        return meters;
    }

    /** When this instance started, by its own clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** The append time of this instance's first record on {@code services}: when it started, by the clock that all share. */
    public Instant signedOnAt() {
        return signedOnAt;
    }

    /** Changes what this instance says of itself, and says it. For the housekeeping thread. */
    public void report(State newState) {
        if (state != newState) {
            state = newState;
            beatNow.run();
        }
    }

    /** Completes exceptionally when a thread died. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** Tells that a thread died: the process must not go on. */
    public void fail(Throwable cause) {
        if (failure.completeExceptionally(cause)) {
            LOG.error("{} cannot go on: {}", config.instance(), cause.toString(), cause);
        }
    }

    /** Leaves {@code services} and closes everything, in reverse order of opening. */
    @Override
    public void close() {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                try {
                    opened.pop().close();
                } catch (Exception e) {
                    LOG.warn("{}: closing failed: {}", config.instance(), e.toString());
                }
            }
        }
    }

    private <C extends AutoCloseable> C own(C closeable) {
        synchronized (opened) {
            opened.push(closeable);
        }
        return closeable;
    }

    private void awaitCluster() throws InterruptedException {
        long deadline = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
        boolean told = false;
        while (true) {
            try {
                var unused = admin.describeCluster(new DescribeClusterOptions().timeoutMs(3_000))
                        .clusterId()
                        .get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthenticationException) {
                    throw new KafkaException(
                            "the Kafka broker at " + kafka.bootstrapServers()
                                    + " refused the user or password ("
                                    + e.getCause().getMessage() + "); are TICKHUB_KAFKA_SECURITY_PROTOCOL and "
                                    + "TICKHUB_KAFKA_SASL_JAAS_CONFIG right?",
                            e.getCause());
                }
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw new KafkaException(
                            "no Kafka broker answers at " + kafka.bootstrapServers() + " ("
                                    + e.getCause().getMessage() + "); is it running, and is "
                                    + "TICKHUB_BOOTSTRAP_SERVERS right?",
                            e.getCause());
                }
                if (!told) {
                    told = true;
                    LOG.warn("No Kafka broker answers at {} yet; waiting", kafka.bootstrapServers());
                }
            }
        }
    }

    /** The append time of this instance's first record: what time it is, by the clock that all share. */
    private Instant awaitOwnHeartbeat() throws InterruptedException {
        long deadline = System.nanoTime() + HEARTBEAT_TIMEOUT.toNanos();
        while (true) {
            Optional<Entry<InstanceStatus>> own = services.entry(config.instance());
            if (own.isPresent() && own.get().value().startedAt().equals(startedAt)) {
                return own.get().appended();
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException("this instance's own record did not appear on topic " + services.topic()
                        + " within " + HEARTBEAT_TIMEOUT.toSeconds() + " s");
            }
            Thread.sleep(10);
        }
    }

    /** Whether a process that started later signs as this instance, and has done so lately. */
    private boolean isReplaced() {
        return services.entry(config.instance())
                .filter(entry -> !entry.appended().isBefore(signedOnAt))
                .filter(entry -> System.nanoTime() - entry.receivedNanos() <= InstanceStatus.LEASE.toNanos())
                .filter(entry -> entry.value().startedAt().isAfter(startedAt))
                .isPresent();
    }

    private InstanceStatus status(DrainParticipant participant) {
        State now = state;
        Optional<Figures> figures = now == State.DRAINED ? Optional.of(participant.figures()) : Optional.empty();
        return new InstanceStatus(config.instance(), role, Version.CURRENT, now, startedAt, transactionalIds, figures);
    }

    /**
     * What is done now and then. A producer or gateway needs no right over others' transactions: it leaves them to those who compute.
     */
    private Runnable housework() {
        return switch (role) {
            case PRODUCER, GATEWAY -> () -> {};
            case HUB, AGGREGATOR -> own(new DeadInstances(kafka, admin, instances, config.instance()))::look;
        };
    }

    private void keepHouse(Runnable housework, DrainFollower drain, DrainParticipant participant) {
        try {
            if (System.nanoTime() - lookedForDeadNanos > InstanceStatus.HEARTBEAT.toNanos()) {
                lookedForDeadNanos = System.nanoTime();
                housework.run();
            }
            drain.current().ifPresent(current -> {
                participant.follow(drain.isOver(current) ? exit(current) : current);
            });
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The deadline is over: whatever the coordinator does, everybody goes. */
    private static DrainState exit(DrainState drain) {
        return new DrainState(
                drain.epoch(),
                DrainState.Phase.EXIT,
                drain.coordinator(),
                drain.begunAt(),
                drain.timeout(),
                drain.members(),
                drain.ends());
    }
}
