package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickhub.runtime.topic.TopicWatcher;
import io.tickhub.runtime.worker.Computation;
import io.tickhub.runtime.worker.Input;
import io.tickhub.runtime.worker.Transaction;
import io.tickhub.runtime.worker.Worker;
import io.tickhub.runtime.worker.WorkerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker does while its computation doubts that what was committed is whole, and with what is committed by others. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class WorkerIT {

    private static final String GROUP = "doubting";
    private static final Duration END = Duration.ofSeconds(20);
    private static final int SOME_CYCLES = 20;

    private final Doubting computation = new Doubting();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private Market market;
    private Admin admin;
    private TopicWatcher watcher;
    private Worker worker;

    @BeforeEach
    void startWorker() throws InterruptedException {
        market = Market.open();
        market.list("AAPL");
        admin = Admin.create(market.kafka().client("test-worker", Map.of()));
        watcher = new TopicWatcher(admin, market.topics(), "test-topics", failures::add);
        watcher.start();
        worker = start("worker", computation);
        market.publish("AAPL", 20);
        awaitCommitted(20);
    }

    private Worker start(String name, Computation computation) {
        WorkerConfig config = new WorkerConfig(
                "test-" + name,
                market.kafka(),
                market.topics().group(GROUP),
                List.of(market.topics().transactionalId("test", name)),
                new Input.Ticks(market.topics(), watcher),
                500,
                16 * 1024,
                END,
                List.of());
        Worker started = new Worker(config, admin, new SimpleMeterRegistry(), partitions -> computation);
        started.start();
        return started;
    }

    @AfterEach
    void end() throws InterruptedException {
        worker.stop();
        worker.awaitEnd(END);
        watcher.close();
        admin.close();
        market.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void nothingIsTakenInUntilTheDoubtIsOver() {
        computation.doubts = true;
        awaitCycles();
        market.publish("AAPL", 20);
        awaitCycles();
        assertThat(computation.taken).as("ticks taken in while in doubt").hasValue(20);

        computation.doubts = false;
        awaitCommitted(40);
        assertThat(computation.taken).hasValue(40);
    }

    @Test
    void whatIsGivenUpInDoubtIsNotCommitted() throws InterruptedException {
        computation.holdsBack = true;
        market.publish("AAPL", 20);
        Market.await("40 ticks taken in", () -> computation.taken.get() == 40);

        computation.doubts = true;
        worker.stop();
        worker.awaitEnd(END);

        assertThat(worker.ended()).isCompleted();
        assertThat(committed()).isEqualTo(20);
    }

    @Test
    void whatIsGivenUpWithoutADoubtIsCommitted() throws InterruptedException {
        computation.holdsBack = true;
        market.publish("AAPL", 20);
        Market.await("40 ticks taken in", () -> computation.taken.get() == 40);

        worker.stop();
        worker.awaitEnd(END);

        assertThat(committed()).isEqualTo(40);
    }

    @Test
    void whatWasCommittedHereCountsForNothingOnceAnotherHasOwnedIt() throws InterruptedException {
        market.list("MSFT");
        market.publish("MSFT", 20);
        Market.await("40 ticks taken in", () -> computation.taken.get() == 40);

        GoingBack other = new GoingBack();
        Worker second = start("other", other);
        try {
            Market.await(
                    "the other has committed less", () -> other.owned.isDone() && committedOf(other) == GoingBack.TO);
        } finally {
            second.stop();
            second.awaitEnd(END);
        }

        Market.await(
                "it is opened where the other left it",
                () -> computation.opened.get(other.owned.join()) == GoingBack.TO);
    }

    private long committedOf(GoingBack other) {
        String symbol =
                market.topics().symbol(other.owned.join().topic()).orElseThrow().name();
        return market.wire().committed(GROUP, symbol).orElseThrow().offset();
    }

    private void awaitCycles() {
        int before = computation.asked.get();
        Market.await("some cycles of the worker", () -> computation.asked.get() >= before + SOME_CYCLES);
    }

    private void awaitCommitted(long offset) {
        Market.await(
                "offset " + offset + " committed",
                () -> market.wire().committed(GROUP, "AAPL").isPresent() && committed() == offset);
    }

    private long committed() {
        return market.wire().committed(GROUP, "AAPL").orElseThrow().offset();
    }

    /** Writes nothing but how far it has come. */
    private static final class Doubting implements Computation {

        final AtomicInteger taken = new AtomicInteger();
        /** How often the worker has asked whether it doubts. */
        final AtomicInteger asked = new AtomicInteger();

        volatile boolean doubts;
        volatile boolean holdsBack;

        /** Where each partition was opened last. */
        final Map<TopicPartition, Long> opened = new ConcurrentHashMap<>();

        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private boolean isDue;

        @Override
        public OptionalLong open(TopicPartition partition, OptionalLong committed) {
            opened.put(partition, committed.orElse(0));
            return OptionalLong.of(committed.orElse(0));
        }

        @Override
        public void close(TopicPartition partition) {
            positions.remove(partition);
        }

        @Override
        public void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position) {
            taken.addAndGet(records.size());
            positions.put(partition, position);
            isDue = true;
        }

        @Override
        public void missed(TopicPartition partition, long from, long resumed) {
            throw new AssertionError("ticks " + from + " to " + resumed + " are gone");
        }

        @Override
        public boolean isInDoubt() {
            asked.incrementAndGet();
            return doubts;
        }

        @Override
        public boolean isDue() {
            return isDue && !holdsBack;
        }

        @Override
        public void write(Transaction transaction) {
            positions.forEach((partition, position) -> transaction.commit(partition, position, ""));
        }

        @Override
        public void committed() {
            isDue = false;
        }

        @Override
        public void aborted(Map<String, Exception> failed) {
            throw new AssertionError("a transaction was aborted: " + failed);
        }
    }

    /** Reads nothing, and commits less than what was committed. */
    private static final class GoingBack implements Computation {

        static final long TO = 5;

        final CompletableFuture<TopicPartition> owned = new CompletableFuture<>();
        private boolean isDue;

        @Override
        public OptionalLong open(TopicPartition partition, OptionalLong committed) {
            isDue = true;
            owned.complete(partition);
            return OptionalLong.empty();
        }

        @Override
        public void close(TopicPartition partition) {}

        @Override
        public void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public void missed(TopicPartition partition, long from, long resumed) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public boolean isDue() {
            return isDue;
        }

        @Override
        public void write(Transaction transaction) {
            if (isDue) {
                transaction.commit(owned.join(), TO, "");
            }
        }

        @Override
        public void committed() {
            isDue = false;
        }

        @Override
        public void aborted(Map<String, Exception> failed) {
            // By a rebalance; it is opened again.
        }
    }
}
