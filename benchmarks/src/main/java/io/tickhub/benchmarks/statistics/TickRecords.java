package io.tickhub.benchmarks.statistics;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The same ticks for every run, as a consumer hands them out: batches of one symbol each, one tick each 50 ms of event time, prices that wander and
 * volumes of four powers of ten. Immutable.
 *
 * @param batches in order
 */
record TickRecords(List<Batch> batches) {

    static final int SYMBOLS = 10;

    private static final int ROUNDS = 80;
    private static final int BATCH = 500;
    private static final Instant BEGIN = Instant.parse("2026-11-20T14:30:00Z");
    private static final Duration STEP = Duration.ofMillis(50);

    /** Consecutive records of one symbol. */
    record Batch(Symbol symbol, List<ConsumerRecord<byte[], byte[]>> records) {}

    static TickRecords make() {
        Random random = new Random(1);
        TickCodec codec = new TickCodec();
        Topics topics = new Topics("");
        long[] cents = new long[SYMBOLS];
        List<Batch> batches = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int number = 0; number < SYMBOLS; number++) {
                Symbol symbol = new Symbol("SYM-" + number);
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    cents[number] =
                            Math.max(1_000, cents[number] == 0 ? 18_725 : cents[number] + random.nextInt(7) - 3);
                    long offset = (long) round * BATCH + i;
                    Tick tick = new Tick(
                            symbol,
                            BigDecimal.valueOf(cents[number], 2),
                            BigDecimal.valueOf((long) Math.pow(10, 4 * random.nextDouble())),
                            BEGIN.plus(STEP.multipliedBy(offset)).plusNanos(random.nextInt(1_000_000)),
                            "sim-1",
                            Long.toString(offset));
                    records.add(record(topics.ticks(symbol).name(), offset, tick, codec.encode(tick)));
                }
                batches.add(new Batch(symbol, records));
            }
        }
        return new TickRecords(batches);
    }

    long count() {
        return (long) batches.size() * BATCH;
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, Tick tick, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                tick.timestamp().toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
