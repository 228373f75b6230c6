package io.tickhub.benchmarks.rig;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.config.KafkaConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Ticks of some symbols, the same number of each: JSON of about 120 bytes, one each 50 ms of event time, the last of them a moment ago,
 * prices that wander and volumes of four powers of ten. The ids of a symbol's ticks count from 0. Immutable.
 *
 * @param symbols in the order in which they take turns
 * @param ticksPerSymbol 1 or more
 */
public record Backlog(List<Symbol> symbols, int ticksPerSymbol) {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final int FIRST_CENTS = 18_725;
    private static final int LEAST_CENTS = 1_000;

    /** So many ticks of so many symbols. */
    public static Backlog of(int symbols, int ticks) {
        return new Backlog(
                IntStream.range(0, symbols)
                        .mapToObj(number -> new Symbol("SYM-" + number))
                        .toList(),
                ticks / symbols);
    }

    public long ticks() {
        return (long) symbols.size() * ticksPerSymbol;
    }

    /** Makes all of it, in turns; each time the same but for the event times. */
    public void forEach(Consumer<Tick> taken) {
        Random random = new Random(1);
        int[] cents =
                IntStream.generate(() -> FIRST_CENTS).limit(symbols.size()).toArray();
        Instant begin = Instant.now().minus(STEP.multipliedBy(ticksPerSymbol));
        for (int i = 0; i < ticksPerSymbol; i++) {
            for (int number = 0; number < cents.length; number++) {
                cents[number] = Math.max(LEAST_CENTS, cents[number] + random.nextInt(7) - 3);
                taken.accept(new Tick(
                        symbols.get(number),
                        BigDecimal.valueOf(cents[number], 2),
                        BigDecimal.valueOf((long) Math.pow(10, 4 * random.nextDouble())),
                        begin.plus(STEP.multipliedBy(i)).plusNanos(1_000L * random.nextInt(1_000)),
                        "sim-1",
                        Integer.toString(i)));
            }
        }
    }

    /** Publishes all of it and waits until it is appended; the topics exist. */
    public void publish(KafkaConfig kafka) {
        TickCodec codec = new TickCodec();
        Map<Symbol, String> topics = new HashMap<>();
        symbols.forEach(
                symbol -> topics.put(symbol, kafka.topics().ticks(symbol).name()));
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            forEach(tick -> {
                var unused = producer.send(
                        new ProducerRecord<>(
                                topics.get(tick.symbol()), tick.symbol().toBytes(), codec.encode(tick)),
                        (metadata, failure) -> {
                            if (failure != null) {
                                failed.set(failure);
                            }
                        });
            });
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
