package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.config.KafkaConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One producer: ticks of all symbols in turn, each with the time at which it was made. For one thread. Owns its Kafka producer. */
final class Sender implements AutoCloseable {

    private static final long SHORTEST_WAIT_NANOS = 500_000;

    private final List<Symbol> symbols;
    private final List<String> topics;
    private final String name;
    private final TickCodec codec = new TickCodec();
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder acknowledged = new LongAdder();
    private int number;

    Sender(KafkaConfig kafka, List<Symbol> symbols, String name, Sizing sizing) {
        this.symbols = symbols;
        this.topics = symbols.stream()
                .map(symbol -> kafka.topics().ticks(symbol).name())
                .toList();
        this.name = name;
        this.producer = new KafkaProducer<>(
                kafka.client(name, sizing.properties()), new ByteArraySerializer(), new ByteArraySerializer());
        topics.forEach(topic -> {
            var unused = producer.partitionsFor(topic);
        });
    }

    /** Sends as fast as there is room. */
    void send(int ticks) {
        for (int i = 0; i < ticks; i++) {
            var unused = send();
        }
        producer.flush();
    }

    /** Sends so many a second. */
    void send(int ticksPerSecond, Duration during) {
        long began = System.nanoTime();
        int ticks = (int) (ticksPerSecond * during.toMillis() / 1_000);
        for (int i = 0; i < ticks; i++) {
            long due = began + i * 1_000_000_000L / ticksPerSecond;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.max(early, SHORTEST_WAIT_NANOS));
            }
            var unused = send();
        }
        producer.flush();
    }

    /** Hands one tick to Kafka's producer, which waits for room; where there is none in time, the future has failed already. */
    Future<RecordMetadata> send() {
        int turn = number % symbols.size();
        Symbol symbol = symbols.get(turn);
        Tick tick = new Tick(
                symbol,
                BigDecimal.valueOf(18_725 + number % 100, 2),
                BigDecimal.ONE,
                Instant.now(),
                name,
                Integer.toString(number));
        number++;
        return producer.send(
                new ProducerRecord<>(topics.get(turn), symbol.toBytes(), codec.encode(tick)), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.increment();
                    }
                });
    }

    /** Waits until Kafka has answered for everything. */
    void flush() {
        producer.flush();
    }

    /** How many ticks Kafka has acknowledged. */
    long acknowledged() {
        return acknowledged.sum();
    }

    /** How long {@code send} has waited for room in the buffer, in all. */
    double waitedSeconds() {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("bufferpool-wait-time-ns-total"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue() / 1e9)
                .sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
