package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.producer.publish.ProducerSizing;
import io.tickhub.producer.publish.Pump;
import java.util.List;

/**
 * The settings of Kafka's producer on which its speed depends, and the order in which it is given records; it is idempotent in any case. Immutable.
 *
 * @param batchKilobytes largest batch of one partition, in units of 1,024 bytes
 * @param bufferMegabytes what may wait for the broker, in units of 2^20 bytes
 * @param lingerMillis how long a batch waits for more
 * @param inFlight requests to one broker without an answer, 1 to 5
 * @param compression as Kafka calls it
 * @param together how many records of one symbol follow each other; who cannot choose, as Kafka's tool, has an order of its own
 */
record Sending(
        int batchKilobytes, int bufferMegabytes, int lingerMillis, int inFlight, String compression, int together) {

    private static final int KIBI = 1024;

    /** What is tried with many symbols, none with a linger above 50 ms. The first is what is known to be good. */
    static final List<Sending> CANDIDATES = List.of(
            new Sending(16, 128, 50, 5, "none", 1),
            new Sending(16, 128, 50, 1, "none", 1),
            new Sending(16, 128, 50, 1, "none", 8),
            new Sending(16, 128, 20, 1, "none", 8),
            new Sending(16, 128, 5, 1, "none", 8),
            new Sending(32, 128, 50, 1, "none", 1),
            new Sending(32, 128, 50, 1, "none", 8),
            new Sending(64, 128, 50, 1, "none", 8),
            new Sending(16, 128, 50, 1, "lz4", 8),
            new Sending(16, 128, 50, 1, "zstd", 8));

    /** What the producer service chooses for a replay at full speed, of symbols in turns. */
    static Sending ofService(int symbols) {
        ProducerSizing sizing = ProducerSizing.unknown(PeerProcess.HEAP_MEGABYTES * (long) KIBI * KIBI);
        return new Sending(
                sizing.batchBytes() / KIBI,
                (int) (sizing.bufferBytes() / KIBI / KIBI),
                (int) sizing.linger().toMillis(),
                1,
                "none",
                Pump.MOST_IN_GROUP / symbols);
    }

    /** As arguments of a command, {@code NAME=VALUE}. */
    List<String> properties() {
        return List.of(
                "enable.idempotence=true",
                "acks=all",
                "max.in.flight.requests.per.connection=" + inFlight,
                "linger.ms=" + lingerMillis,
                "batch.size=" + batchKilobytes * KIBI,
                "buffer.memory=" + (long) bufferMegabytes * KIBI * KIBI,
                "compression.type=" + compression);
    }

    @Override
    public String toString() {
        return "batch %d KiB, buffer %d MiB, linger %d ms, %d in flight, compression %s, %d of a symbol together"
                .formatted(batchKilobytes, bufferMegabytes, lingerMillis, inFlight, compression, together);
    }
}
