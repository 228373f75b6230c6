package io.tickhub.benchmarks.rig;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.config.KafkaConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes ticks and notes when the broker appended each. Thread safe. Owns a producer and a thread. */
public final class Ticker implements AutoCloseable {

    private static final int TURN_MILLIS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConfig kafka;
    private final TickCodec codec = new TickCodec();
    private final AtomicInteger number = new AtomicInteger();
    private final Map<TickName, Long> appended = new ConcurrentHashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());
    private Future<?> publishing = CompletableFuture.completedFuture(null);

    public Ticker(KafkaConfig kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                kafka.client(
                        "benchmark-ticker",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG, 1,
                                ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024,
                                // New topics can be stuck otherwise, as the producer service explains.
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Finds the topics of symbols, which would hold up the first tick of each. */
    public void find(List<Symbol> symbols) {
        symbols.forEach(symbol -> {
            var unused = producer.partitionsFor(kafka.topics().ticks(symbol).name());
        });
    }

    /** Publishes so many ticks a second from now on, the symbols in turn. */
    public void begin(List<Symbol> symbols, int ticksPerSecond) {
        begin(symbols, new TurnShare(ticksPerSecond, TURN_MILLIS), TURN_MILLIS);
    }

    /** Publishes from now on one tick each millisecond, and not several at once, the symbols in turn. */
    public void beginEvenly(List<Symbol> symbols) {
        begin(symbols, new TurnShare(1_000, 1), 1);
    }

    private void begin(List<Symbol> symbols, TurnShare share, int turnMillis) {
        AtomicInteger turn = new AtomicInteger();
        publishing = turns.scheduleAtFixedRate(
                () -> {
                    for (int left = share.next(); left > 0; left--) {
                        Symbol symbol = symbols.get(turn.getAndIncrement() % symbols.size());
                        var unusedTick = producer.send(record(symbol), (metadata, failure) -> note(symbol, metadata));
                    }
                },
                turnMillis,
                turnMillis,
                TimeUnit.MILLISECONDS);
    }

    /**
     * Publishes no more, and waits until everything is appended.
     *
     * @throws IllegalStateException if it could not publish until now
     */
    public void end() throws InterruptedException {
        turns.shutdown();
        if (!turns.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the ticks of a turn were not sent in " + PATIENCE);
        }
        if (publishing.state() == Future.State.FAILED) {
            throw new IllegalStateException("the ticker has stopped by itself", publishing.exceptionNow());
        }
        producer.flush();
    }

    /** Publishes one tick and waits until it is appended. */
    public TickName publish(Symbol symbol) throws InterruptedException {
        try {
            RecordMetadata metadata = producer.send(record(symbol)).get();
            note(symbol, metadata);
            return new TickName(symbol, metadata.offset());
        } catch (ExecutionException e) {
            throw new KafkaException("a tick of " + symbol + " was not published", e.getCause());
        }
    }

    /** Publishes ticks whose times nobody asks for, and waits until they are appended. */
    public void publishHistory(Symbol symbol, int count) {
        for (int i = 0; i < count; i++) {
            var unused = producer.send(record(symbol));
        }
        producer.flush();
    }

    /** When each tick was appended, in milliseconds of the broker's clock. */
    public Map<TickName, Long> appended() {
        return Collections.unmodifiableMap(appended);
    }

    @Override
    public void close() {
        turns.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }

    private void note(Symbol symbol, RecordMetadata metadata) {
        if (metadata != null && metadata.hasOffset()) {
            appended.put(new TickName(symbol, metadata.offset()), metadata.timestamp());
        }
    }

    private ProducerRecord<byte[], byte[]> record(Symbol symbol) {
        int id = number.incrementAndGet();
        Tick tick = new Tick(
                symbol,
                BigDecimal.valueOf(10_000 + id % 100, 2),
                BigDecimal.ONE,
                Instant.now(),
                "benchmark",
                Integer.toString(id));
        return new ProducerRecord<>(kafka.topics().ticks(symbol).name(), symbol.toBytes(), codec.encode(tick));
    }
}
