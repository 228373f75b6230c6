package io.tickhub.benchmarks.statistics;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.statistics.AggregatorComputation;
import io.tickhub.aggregator.statistics.AggregatorComputation.Pace;
import io.tickhub.aggregator.statistics.AggregatorComputation.Sources;
import io.tickhub.aggregator.statistics.Sessions;
import io.tickhub.aggregator.statistics.StatisticsListener;
import io.tickhub.benchmarks.statistics.TickRecords.Batch;
import io.tickhub.model.BarInterval;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.deadletter.DeadLetters;
import io.tickhub.runtime.worker.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The aggregator's own computation, as its worker drives it, with transactions that go nowhere. For one thread. */
final class AllFigures implements StatisticsListener, Transaction {

    private long ticks;

    private AllFigures() {}

    static void of(TickRecords records) {
        AllFigures figures = new AllFigures();
        AggregatorComputation computation = figures.computation();
        Set<TopicPartition> opened = new HashSet<>();
        for (Batch batch : records.batches()) {
            TopicPartition partition =
                    new TopicPartition(batch.records().getFirst().topic(), 0);
            if (opened.add(partition)) {
                var unusedOffset = computation.open(partition, OptionalLong.empty());
            }
            computation.process(
                    partition, batch.records(), batch.records().getLast().offset() + 1);
            if (computation.isDue()) {
                figures.publish(computation);
            }
        }
        figures.publish(computation);
        if (figures.ticks != records.count()) {
            throw new IllegalStateException(figures.ticks + " of " + records.count() + " ticks were counted");
        }
    }

    private AggregatorComputation computation() {
        Topics topics = new Topics("");
        return new AggregatorComputation(
                topics,
                new Sources(symbol -> Optional.of("v_w3lx6NSCSzGqLctl0FBw"), symbol -> Optional.empty()),
                new DeadLetters(topics, "aggregator-1", InstantSource.system()),
                this,
                new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                Sessions.parse("never"),
                new Pace(Duration.ofMillis(100), System::nanoTime, InstantSource.system()));
    }

    private void publish(AggregatorComputation computation) {
        computation.write(this);
        computation.committed();
    }

    @Override
    public void published(Publication publication) {
        ticks += publication.ticks();
    }

    @Override
    public void opened(PriceStats stats) {
        // Nobody looks.
    }

    @Override
    public void released(Symbol symbol) {
        // Nobody looks.
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
        // It has been made; what Kafka's producer costs is not measured.
    }

    @Override
    public void commit(TopicPartition partition, long nextOffset, String note) {
        // There is no group.
    }
}
