package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.cluster.Brokers;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What {@code send} does when its buffer is full because the broker is away, and what becomes of the ticks that it took before. */
final class FullBuffer {

    private static final int BUFFER_KIBIBYTES = 1_024;
    private static final Duration LONGEST_BLOCK = Duration.ofMillis(500);

    /** Many times more than the buffer holds. */
    private static final int MOST_TICKS = 1_000_000;

    private FullBuffer() {}

    static Report addTo(Report report, KafkaConfig kafka, Brokers brokers, List<Symbol> symbols, Trial trial) {
        trial.tell("the broker goes away, until the buffer is full");
        Sizing sizing = Sizing.USUAL.withBuffer(BUFFER_KIBIBYTES).withLongestBlock(LONGEST_BLOCK);
        try (Sender sender = new Sender(kafka, symbols, "benchmark-full", sizing)) {
            brokers.killAll();
            int taken = fill(sender);
            long waited = -System.nanoTime();
            String refusal = refusal(sender);
            waited += System.nanoTime();
            brokers.restartAll();
            sender.flush();
            Report longer = report.withRemark(String.format(
                    Locale.ROOT,
                    "the broker away: a buffer of %d KiB took %,d ticks; then send waited %.2f s (max.block.ms %d) and"
                            + " gave: %s; when the broker was back, it had %,d of the %,d",
                    BUFFER_KIBIBYTES,
                    taken,
                    waited / 1e9,
                    LONGEST_BLOCK.toMillis(),
                    refusal,
                    sender.acknowledged(),
                    taken));
            return sender.acknowledged() == taken
                    ? longer
                    : longer.withFailure("ticks that send had taken did not arrive when the broker was back");
        }
    }

    /** How many it takes. */
    private static int fill(Sender sender) {
        for (int taken = 0; taken < MOST_TICKS; taken++) {
            if (!refusal(sender).isEmpty()) {
                return taken;
            }
        }
        throw new IllegalStateException("a buffer of %d KiB took %,d ticks".formatted(BUFFER_KIBIBYTES, MOST_TICKS));
    }

    /** Why the next tick is not taken; empty if it is. Kafka's producer throws nothing: it says so in the answer. */
    private static String refusal(Sender sender) {
        Future<RecordMetadata> answer = sender.send();
        return answer.state() == Future.State.FAILED
                ? answer.exceptionNow().getClass().getSimpleName()
                : "";
    }
}
