package io.tickhub.it;

import io.tickhub.aggregator.AggregatorConfig;
import io.tickhub.aggregator.AggregatorService;
import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.hub.HubConfig;
import io.tickhub.hub.HubService;
import io.tickhub.model.ClientId;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * A system of its own on the shared broker: the vocabulary of the scenarios. Every await says what it waited for. Closes everything
 * it started, in reverse order.
 */
final class Market implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String prefix;
    private final KafkaConfig kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TickCodec codec = new TickCodec();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<Symbol, Integer> published = new HashMap<>();

    private Market() {
        prefix = "it" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + ".";
        kafka = new KafkaConfig(SharedBroker.bootstrapServers(), new Topics(prefix), Map.of());
        admin = own(Admin.create(kafka.client("test-admin", Map.of())));
        producer = own(new KafkaProducer<>(
                kafka.client("test-producer", Map.of(ProducerConfig.LINGER_MS_CONFIG, 1)),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    static Market open() {
        return new Market();
    }

    KafkaConfig kafka() {
        return kafka;
    }

    Topics topics() {
        return kafka.topics();
    }

    Admin admin() {
        return admin;
    }

    // ---- services

    Service startHub(String name) {
        return start(name, new HubService(HubConfig.fromEnv(environment(name, "TICKHUB_HUB_WORKERS", "2"))));
    }

    Service startAggregator(String name) {
        return start(
                name,
                new AggregatorService(AggregatorConfig.fromEnv(environment(name, "TICKHUB_AGGREGATOR_WORKERS", "2"))));
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
        return own(MarketDataClient.connect(
                ClientConfig.of(kafka).withClient(new ClientId(client)).withRequestTimeout(Duration.ofSeconds(15))));
    }

    // ---- ticks

    void list(String... symbols) {
        try {
            var unused = new TopicCreator(admin)
                    .create(Arrays.stream(symbols)
                            .map(symbol -> kafka.topics().ticks(new Symbol(symbol)))
                            .toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Publishes ticks whose price is their number, beginning with 1, and returns the offset of the last one. */
    long publish(String symbol, int count) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = published.merge(new Symbol(symbol), 1, Integer::sum);
            sent.add(send(symbol, codec.encode(tick(symbol, number))));
        }
        return sent.isEmpty() ? -1 : offset(sent.get(sent.size() - 1));
    }

    /** Publishes bytes that are no tick. */
    long publishBroken(String symbol, String value) {
        return offset(send(symbol, value.getBytes(StandardCharsets.UTF_8)));
    }

    static Tick tick(String symbol, int number) {
        return new Tick(
                new Symbol(symbol),
                BigDecimal.valueOf(number),
                BigDecimal.ONE,
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(number),
                "test",
                Integer.toString(number));
    }

    private Future<RecordMetadata> send(String symbol, byte[] value) {
        return producer.send(new ProducerRecord<>(
                kafka.topics().ticks(new Symbol(symbol)).name(), new Symbol(symbol).toBytes(), value));
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a tick was not published", e);
        }
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
        Awaitility.await(what)
                .atMost(PATIENCE)
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

    private Service start(String name, Service service) {
        services.put(name, service);
        own(service);
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
