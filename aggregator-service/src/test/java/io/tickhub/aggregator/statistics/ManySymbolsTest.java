package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.statistics.AggregatorComputation.Pace;
import io.tickhub.aggregator.statistics.AggregatorComputation.Sources;
import io.tickhub.aggregator.statistics.StatisticsListener.Publication;
import io.tickhub.model.BarInterval;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.deadletter.DeadLetters;
import io.tickhub.runtime.worker.Transaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** An aggregator that owns very many symbols, each with bars of all intervals, has room for them in a small heap. */
class ManySymbolsTest {

    private static final int SYMBOLS = 5_000;
    private static final int SECONDS = 30;
    /** Of the 512 MB that such an aggregator is given; Kafka's clients need the rest. */
    private static final long MOST_MEGABYTES = 300;

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Map<String, byte[]> states = new HashMap<>();

    @Test
    void fiveThousandSymbolsWithAllBarsHaveRoom() {
        long before = usedMegabytes();
        AggregatorComputation computation = newComputation();
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < SYMBOLS; i++) {
            TopicPartition partition = new TopicPartition("ticks.SYMBOL-" + i, 0);
            partitions.add(partition);
            var unused = computation.open(partition, OptionalLong.empty());
        }
        TickCodec codec = new TickCodec();
        long stateBytes = 0;
        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < SYMBOLS; i++) {
                computation.process(
                        partitions.get(i), List.of(record(codec, partitions.get(i), i, second)), second + 1);
            }
            Written written = new Written();
            computation.write(written);
            computation.committed();
            stateBytes = written.stateBytes;
        }
        // The states are what the process holds besides: their table, read back from Kafka.
        long used = usedMegabytes() - before;
        System.out.printf(
                "%,d symbols: %d MB of heap with the table of states, %,d bytes of state each%n",
                SYMBOLS, used, stateBytes / SYMBOLS);
        assertThat(used).isLessThan(MOST_MEGABYTES);
        assertThat(states).hasSize(SYMBOLS);
        assertThat(computation.isDue()).isFalse();
    }

    private AggregatorComputation newComputation() {
        Topics topics = new Topics("");
        return new AggregatorComputation(
                topics,
                new Sources(symbol -> Optional.of("v_w3lx6NSCSzGqLctl0FBw"), symbol -> Optional.empty()),
                new DeadLetters(topics, "aggregator-1", InstantSource.system()),
                new Silent(),
                new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                Sessions.parse("never"),
                new Pace(Duration.ofMillis(100), () -> 0, () -> NOON));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TickCodec codec, TopicPartition partition, int symbol, int second) {
        byte[] tick = codec.encode(new Tick(
                new Symbol("SYMBOL-" + symbol),
                BigDecimal.valueOf(10_543_360L + 17L * symbol + second, 2),
                // Four powers of ten: so many bins a sketch of volumes has in memory.
                BigDecimal.valueOf((long) Math.pow(10, 4 + 4.0 * second / SECONDS), 4),
                NOON.plusSeconds(second).plusNanos(123_456_789),
                "sim-1",
                Integer.toString(second)));
        return new ConsumerRecord<>(
                partition.topic(),
                0,
                second,
                NOON.plusSeconds(second).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                tick.length,
                null,
                tick,
                new RecordHeaders(),
                Optional.empty());
    }

    private static long usedMegabytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024 / 1024;
    }

    /** Puts the states into the table, as the process does when it reads them back. */
    private final class Written implements Transaction {

        private long stateBytes;

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            if (record.topic().equals("aggregator-state")) {
                stateBytes += record.value().length;
                states.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
            }
        }

        @Override
        public void commit(TopicPartition partition, long nextOffset, String note) {
            // Nothing that takes room.
        }
    }

    private static final class Silent implements StatisticsListener {

        @Override
        public void opened(PriceStats stats) {
            // Nobody looks.
        }

        @Override
        public void published(Publication publication) {
            // Nobody looks.
        }

        @Override
        public void released(Symbol symbol) {
            // Nobody looks.
        }
    }
}
