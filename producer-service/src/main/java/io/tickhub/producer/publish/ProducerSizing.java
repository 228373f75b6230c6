package io.tickhub.producer.publish;

import java.time.Duration;

/**
 * How much Kafka's producer collects before it sends, from the number of symbols and the rate. Each symbol is a partition with
 * batches of its own: with many symbols the default of 5 ms makes tiny batches, and large batches fill the buffer with air.
 * Measured with 1,000 topics: 15,000 ticks/s with batches of 64 KiB and 32 MiB of buffer, many times as much where two batches of each symbol have room.
 * More room than that is not faster: what waits for the broker is moved about by the garbage collector. Immutable.
 *
 * @param batchBytes largest batch of one partition, and what the buffer sets aside for it
 * @param bufferBytes all that waits for the broker; when it is full the source waits
 * @param linger how long a batch waits for more ticks
 */
public record ProducerSizing(int batchBytes, long bufferBytes, Duration linger) {

    /** For a replay at full speed: of the rate and the symbols nothing is known before the files are read, and many symbols need most. */
    public static final ProducerSizing UNKNOWN = unknown(Runtime.getRuntime().maxMemory());

    private static final int TICK_BYTES = 200;
    private static final int AFFORDABLE_BATCHES_PER_SECOND = 5_000;
    private static final int SHORTEST_LINGER_MILLIS = 5;
    private static final int LONGEST_LINGER_MILLIS = 50;
    private static final int KIBI = 1024;
    private static final long SMALLEST_BUFFER = 32L * KIBI * KIBI;
    private static final long LARGEST_BUFFER = 256L * KIBI * KIBI;
    private static final int BATCHES_PER_SYMBOL = 2;

    /**
     * What waits in the buffer takes about three times its bytes in the heap, for Kafka's producer keeps some objects for each
     * record.
     */
    private static final int HEAP_PER_BUFFER = 8;

    /** @param ratePerSecond ticks a second of all symbols together */
    public static ProducerSizing of(int symbols, int ratePerSecond) {
        return of(symbols, ratePerSecond, Runtime.getRuntime().maxMemory());
    }

    /** {@link #UNKNOWN} of a JVM with so much heap. */
    public static ProducerSizing unknown(long heapBytes) {
        return of(1_000, 500_000, heapBytes);
    }

    static ProducerSizing of(int symbols, int ratePerSecond, long heapBytes) {
        // A slow rate sends each tick at once, whatever the number of symbols: then batches are few anyway.
        int linger = ratePerSecond <= AFFORDABLE_BATCHES_PER_SECOND
                ? SHORTEST_LINGER_MILLIS
                : Math.clamp(
                        1000L * symbols / AFFORDABLE_BATCHES_PER_SECOND, SHORTEST_LINGER_MILLIS, LONGEST_LINGER_MILLIS);
        long inOneLinger = (long) TICK_BYTES * ratePerSecond / symbols * linger / 1000;
        // Twice the average, since ticks come in bursts.
        int batch = powerOfTwo(Math.clamp(2 * inOneLinger, 16 * KIBI, 64 * KIBI));
        long most = Math.min(LARGEST_BUFFER, heapBytes / HEAP_PER_BUFFER);
        long buffer = Math.clamp((long) BATCHES_PER_SYMBOL * symbols * batch, Math.min(SMALLEST_BUFFER, most), most);
        while (batch > 4 * KIBI && (long) BATCHES_PER_SYMBOL * symbols * batch > buffer) {
            batch /= 2;
        }
        return new ProducerSizing(batch, buffer, Duration.ofMillis(linger));
    }

    private static int powerOfTwo(int atLeast) {
        return Integer.highestOneBit(atLeast - 1) << 1;
    }
}
