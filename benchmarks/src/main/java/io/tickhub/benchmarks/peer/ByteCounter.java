package io.tickhub.benchmarks.peer;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads ticks and counts their bytes: as fast as one consumer thread can be. It commits without waiting for it, and more often than the
 * others publish, because it is through so soon that its last commit would count.
 */
final class ByteCounter implements PeerProgram {

    private static final int MOST_RECORDS = 5_000;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration COMMIT = Duration.ofMillis(20);

    private final PeerTask task;
    private volatile boolean stopping;

    ByteCounter(PeerTask task) {
        this.task = task;
    }

    @Override
    public void run() {
        long bytes = 0;
        long committedNanos = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer = RawConsumer.open(task, MOST_RECORDS)) {
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    bytes += record.value().length;
                }
                if (System.nanoTime() - committedNanos >= COMMIT.toNanos()) {
                    committedNanos = System.nanoTime();
                    consumer.commitAsync();
                }
            }
        }
        System.out.println(bytes + " bytes");
    }

    @Override
    public void stop() {
        stopping = true;
    }
}
