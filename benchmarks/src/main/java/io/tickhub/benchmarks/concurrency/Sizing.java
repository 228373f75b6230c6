package io.tickhub.benchmarks.concurrency;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How much Kafka's producer collects before it sends. Immutable.
 *
 * @param linger how long a batch waits for more ticks
 * @param batchBytes largest batch of a symbol
 * @param bufferBytes all that waits for the broker
 * @param longestBlock how long {@code send} waits for room
 */
record Sizing(Duration linger, int batchBytes, long bufferBytes, Duration longestBlock) {

    /** As {@code ProducerSizing} has it for a slow source. */
    static final Sizing USUAL = of(5, 16);

    static Sizing of(int lingerMillis, int batchKibibytes) {
        return new Sizing(
                Duration.ofMillis(lingerMillis), batchKibibytes * 1024, 32L * 1024 * 1024, Duration.ofMinutes(1));
    }

    Sizing withBuffer(int kibibytes) {
        return new Sizing(linger, batchBytes, kibibytes * 1024L, longestBlock);
    }

    Sizing withLongestBlock(Duration longest) {
        return new Sizing(linger, batchBytes, bufferBytes, longest);
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "linger %d ms, batch %dK, buffer %,dK",
                linger.toMillis(),
                batchBytes / 1024,
                bufferBytes / 1024);
    }

    /** The rest is as the producer service has it. */
    Map<String, Object> properties() {
        return Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                linger.toMillis(),
                ProducerConfig.BATCH_SIZE_CONFIG,
                batchBytes,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                bufferBytes,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                longestBlock.toMillis(),
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all");
    }
}
