package io.tickhub.it;

import io.tickhub.aggregator.AggregatorConfig;
import io.tickhub.aggregator.AggregatorService;
import io.tickhub.client.Attendance;
import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.BrokerLogins;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.gateway.GatewayConfig;
import io.tickhub.gateway.GatewayService;
import io.tickhub.hub.HubConfig;
import io.tickhub.hub.HubService;
import io.tickhub.model.ClientId;
import io.tickhub.model.DrainState;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.producer.ProducerConfig;
import io.tickhub.producer.ProducerService;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.access.Accounts;
import io.tickhub.runtime.access.Acls;
import io.tickhub.runtime.config.KafkaConfig;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A system of its own, on the shared broker if nothing else is said: the vocabulary of the scenarios. Every await says what it waited
 * for. Closes everything it started, in reverse order, and deletes its topics last: a broker that lives long suffers from thousands of
 * them.
 */
final class Market implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Market.class);

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private final String prefix;
    private final KafkaConfig kafka;
    private final Function<Role, Map<String, String>> logins;
    private final Wire wire;
    private final TickCodec codec = new TickCodec();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<Symbol, Integer> published = new ConcurrentHashMap<>();

    private Market(KafkaConfig kafka, Function<Role, Map<String, String>> logins) {
        this.kafka = kafka;
        this.logins = logins;
        prefix = kafka.topics().prefix();
        // First, so that it comes last at the end.
        own(this::deleteTopics);
        wire = own(new Wire(kafka));
    }

    static Market open() {
        return on(SharedBroker.bootstrapServers());
    }

    /** On another broker, one that may be stopped. */
    static Market on(String bootstrapServers) {
        return new Market(new KafkaConfig(bootstrapServers, newTopics(), Map.of()), role -> Map.of());
    }

    /** On a broker that asks for passwords and rights, and has the users of this system; this test is its administrator. */
    static Market on(LocalBroker secured, Topics topics) {
        BrokerLogins logins = secured.logins().orElseThrow();
        Market market = new Market(new KafkaConfig(secured.bootstrapServers(), topics, logins.admin()), logins::of);
        try (Admin admin = Admin.create(market.kafka.client("test-rights", Map.of()))) {
            for (Role role : Role.values()) {
                new Accounts(admin).allow(Acls.of(role, topics));
            }
        }
        return market;
    }

    /** Names that no other system of the tests has. */
    static Topics newTopics() {
        return new Topics("it" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + ".");
    }

    KafkaConfig kafka() {
        return kafka;
    }

    Topics topics() {
        return kafka.topics();
    }

    /** What is done without Tickhub's own programs. */
    Wire wire() {
        return wire;
    }

    // ---- services

    /** The environment names settings and their values in turn. */
    Service startHub(String name, String... environment) {
        Map<String, String> settings = environment(Role.HUB, name, environment);
        settings.put("TICKHUB_HUB_WORKERS", "2");
        return start(name, new HubService(HubConfig.fromEnv(settings)));
    }

    /** The environment names settings and their values in turn. */
    Service startAggregator(String name, String... environment) {
        Map<String, String> settings = environment(Role.AGGREGATOR, name, environment);
        settings.put("TICKHUB_AGGREGATOR_WORKERS", "2");
        return start(name, new AggregatorService(AggregatorConfig.fromEnv(settings)));
    }

    /** The environment names settings and their values in turn. */
    Service startProducer(String name, String... environment) {
        return start(name, new ProducerService(ProducerConfig.fromEnv(environment(Role.PRODUCER, name, environment))));
    }

    /** A gateway on a free port; the environment names settings and their values in turn. */
    GatewayService startGateway(String name, String... environment) {
        Map<String, String> settings = environment(Role.GATEWAY, name, environment);
        settings.put("TICKHUB_WEB_PORT", "0");
        GatewayService gateway = new GatewayService(GatewayConfig.fromEnv(settings));
        start(name, gateway);
        return gateway;
    }

    /** A hub in a process of its own, which can be killed. */
    HubProcess forkHub(String name) {
        HubProcess hub = own(HubProcess.start(name, environment(Role.HUB, name, "TICKHUB_HUB_WORKERS", "2")));
        wire.awaitShares("hub", name + " has symbols", shares -> shares.entrySet().stream()
                .anyMatch(share -> share.getKey().startsWith(name + "-")
                        && !share.getValue().isEmpty()));
        return hub;
    }

    /** A service in a process of its own, which runs and has its share. */
    ServiceProcess fork(Role role, String name, String... environment) {
        ServiceProcess process = own(ServiceProcess.start(
                role,
                environment(role, name, environment),
                JvmOptions.quickToStart(256),
                Path.of("target", prefix + name + ".log")));
        await(name + " runs", () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " has ended; see " + process.log());
            }
            return Attendance.read(kafka).stream()
                    .map(Attendance.Seen::status)
                    .anyMatch(
                            status -> status.instance().equals(name) && status.state() == InstanceStatus.State.RUNNING);
        });
        Optional<String> group =
                switch (role) {
                    case HUB -> Optional.of("hub");
                    case AGGREGATOR -> Optional.of("aggregator");
                    case PRODUCER, GATEWAY -> Optional.empty();
                };
        group.ifPresent(its -> wire.awaitShares(its, name + " is in its group", shares -> shares.keySet().stream()
                .anyMatch(member -> member.startsWith(name + "-"))));
        return process;
    }

    /** Waits until a drain is in a phase, or further. */
    void awaitDrain(DrainState.Phase phase) {
        var unused = TopicLog.of(this)
                .await(
                        topics().control().name(),
                        1,
                        record -> Json.read(record.value(), DrainState.class)
                                        .phase()
                                        .compareTo(phase)
                                >= 0,
                        "the drain is in phase " + phase);
    }

    /** As SIGTERM does. */
    void stop(String name) {
        Service service = services.remove(name);
        service.stop();
        try {
            service.ended().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(name + " did not end well", e);
        }
        service.close();
    }

    private Map<String, String> environment(Role role, String instance, String... more) {
        Map<String, String> environment = environment(instance, more);
        environment.putAll(KafkaConfig.environment(logins.apply(role)));
        return environment;
    }

    /** What a program in this system is configured by, without a user; {@code more} names settings and their values in turn. */
    Map<String, String> environment(String instance, String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TICKHUB_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("TICKHUB_TOPIC_PREFIX", prefix);
        environment.put("TICKHUB_INSTANCE", instance);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    MarketDataClient connect(String client) {
        return connect(config(client));
    }

    MarketDataClient connect(ClientConfig config) {
        return own(MarketDataClient.connect(config));
    }

    ClientConfig config(String client) {
        return ClientConfig.of(kafka).withClient(new ClientId(client)).withRequestTimeout(REQUEST_TIMEOUT);
    }

    // ---- ticks

    void list(String... symbols) {
        wire.list(symbols);
    }

    /** Publishes ticks whose price is their number, beginning with 1, and returns the offset of the last one. */
    long publish(String symbol, int count) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = published.merge(new Symbol(symbol), 1, Integer::sum);
            sent.add(send(symbol, codec.encode(tick(symbol, number))));
        }
        return sent.isEmpty() ? -1 : Wire.await(sent.get(sent.size() - 1)).offset();
    }

    /** Publishes bytes that are no tick. */
    long publishBroken(String symbol, String value) {
        return Wire.await(send(symbol, value.getBytes(StandardCharsets.UTF_8))).offset();
    }

    /** Within each eight ticks the event times run backwards, as they do in real data. */
    static Tick tick(String symbol, int number) {
        return new Tick(
                new Symbol(symbol),
                BigDecimal.valueOf(number),
                BigDecimal.valueOf(number % 7, 3),
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(number ^ 7),
                "test",
                Integer.toString(number));
    }

    private Future<RecordMetadata> send(String symbol, byte[] value) {
        return wire.send(wire.tickRecord(symbol, value));
    }

    // ---- awaits

    PriceStats awaitStats(MarketDataClient client, String symbol, Predicate<PriceStats> wanted, String what) {
        return Awaitility.await(symbol + ": " + what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.statistics(symbol).stream().findFirst(), found -> found.filter(wanted)
                        .isPresent())
                .orElseThrow();
    }

    static void await(String what, Callable<Boolean> condition) {
        await(PATIENCE, what, condition);
    }

    static void await(Duration patience, String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    <C extends AutoCloseable> C own(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("not everything could be closed: " + failures, failures.get(0));
        }
    }

    private void deleteTopics() throws InterruptedException {
        try (Admin admin = Admin.create(kafka.client("test-cleanup", Map.of()))) {
            List<String> own = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .toList();
            admin.deleteTopics(own).all().get();
            LOG.info("Deleted the {} topics of {}", own.size(), prefix);
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("Not all topics of {} were deleted: {}", prefix, e.toString());
        }
    }

    private Service start(String name, Service service) {
        services.put(name, service);
        own(service);
        // As the main program does: what has ended, in a drain too, is closed and says goodbye.
        var unused = service.ended().whenCompleteAsync((done, failure) -> service.close());
        service.start();
        await(name + " is ready", () -> {
            if (service.ended().isCompletedExceptionally()) {
                service.ended().get();
            }
            return service.isReady();
        });
        return service;
    }
}
