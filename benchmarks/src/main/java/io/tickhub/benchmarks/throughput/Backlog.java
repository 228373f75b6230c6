package io.tickhub.benchmarks.throughput;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Ticks of some symbols, the same number of each: JSON of about 120 bytes, one each 50 ms of event time, the last of them a moment ago,
 * prices that wander and volumes of four powers of ten. Immutable.
 *
 * @param symbols in the order in which they take turns
 * @param ticksPerSymbol 1 or more
 */
record Backlog(List<Symbol> symbols, int ticksPerSymbol) {

    private static final int SYMBOLS = 10;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int FIRST_CENTS = 18_725;
    private static final int LEAST_CENTS = 1_000;

    /** So many ticks of ten symbols. */
    static Backlog of(int ticks) {
        return new Backlog(
                IntStream.range(0, SYMBOLS)
                        .mapToObj(number -> new Symbol("SYM-" + number))
                        .toList(),
                ticks / SYMBOLS);
    }

    long ticks() {
        return (long) symbols.size() * ticksPerSymbol;
    }

    /** Publishes all of it, in turns, and waits until it is appended; the topics exist. */
    void publish(KafkaConfig kafka) {
        Random random = new Random(1);
        TickCodec codec = new TickCodec();
        int[] cents =
                IntStream.generate(() -> FIRST_CENTS).limit(symbols.size()).toArray();
        List<String> topics = symbols.stream()
                .map(kafka.topics()::ticks)
                .map(Topics.Spec::name)
                .toList();
        Instant begin = Instant.now().minus(STEP.multipliedBy(ticksPerSymbol));
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            for (int i = 0; i < ticksPerSymbol; i++) {
                for (int number = 0; number < cents.length; number++) {
                    cents[number] = Math.max(LEAST_CENTS, cents[number] + random.nextInt(7) - 3);
                    Symbol symbol = symbols.get(number);
                    Tick tick = new Tick(
                            symbol,
                            BigDecimal.valueOf(cents[number], 2),
                            BigDecimal.valueOf((long) Math.pow(10, 4 * random.nextDouble())),
                            begin.plus(STEP.multipliedBy(i)).plusNanos(1_000L * random.nextInt(1_000)),
                            "sim-1",
                            Integer.toString(i));
                    var unused = producer.send(
                            new ProducerRecord<>(topics.get(number), symbol.toBytes(), codec.encode(tick)),
                            (metadata, failure) -> {
                                if (failure != null) {
                                    failed.set(failure);
                                }
                            });
                }
            }
        }
        if (failed.get() != null) {
            throw new IllegalStateException("the backlog could not be published: " + failed.get(), failed.get());
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaConfig kafka) {
        return new KafkaProducer<>(
                kafka.client(
                        "benchmark-backlog",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG, 50,
                                ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024,
                                ProducerConfig.BUFFER_MEMORY_CONFIG, 64 * 1024 * 1024L)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
