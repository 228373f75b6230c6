package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.Lap;
import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics, made once, and how fast one process after the other fills them; to make a thousand anew for each would
 * keep the broker busy with the old ones meanwhile. All are timed alike: by the ends of all partitions,
 * asked for a few times a second. Owns nothing. For one thread.
 *
 * @param broker not owned
 * @param topics which are filled
 */
record Target(LoneBroker broker, List<Topics.Spec> topics) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Makes those that are not there. */
    void make() throws InterruptedException {
        broker.create(topics);
    }

    /**
     * Starts a process, waits until so many more records are appended, and ends it.
     *
     * @return records a second, without the start
     * @throws IllegalStateException if the process ends before, or is not through in time
     */
    double time(long records, Supplier<PeerProcess> start) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        long before = end(ends);
        try (PeerProcess process = start.get()) {
            return time(process, records, () -> end(ends) - before);
        }
    }

    private static double time(PeerProcess process, long records, Appended newly) throws InterruptedException {
        long beganNanos = System.nanoTime();
        Lap lap = new Lap(records, beganNanos);
        while (!lap.isOver()) {
            // In this order: who ends by itself has had all appended.
            boolean alive = process.isAlive();
            long appended = newly.count();
            lap.see(System.nanoTime(), appended);
            if (!alive && !lap.isOver()) {
                process.requireAlive();
            }
            if (System.nanoTime() - beganNanos > PATIENCE.toNanos()) {
                throw new IllegalStateException("%,d of %,d records were appended within %d s"
                        .formatted(appended, records, PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return lap.perSecond();
    }

    private long end(Map<TopicPartition, OffsetSpec> ends) throws InterruptedException {
        return LoneBroker.get(broker.admin().listOffsets(ends).all()).values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }

    /** Asks the broker. */
    @FunctionalInterface
    private interface Appended {
        long count() throws InterruptedException;
    }
}
