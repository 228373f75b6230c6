package io.tickhub.aggregator.statistics;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A symbol that a worker owns: its statistics, and the dead letters that are not written yet. For the worker's thread. */
final class OwnedSymbol {

    private final TickCodec codec;
    private final DeadLetters deadLetters;
    private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    private final Map<DeadLetterReason, Long> rejected = new EnumMap<>(DeadLetterReason.class);
    private Accumulator accumulator;
    private PriceStats committed;
    private long letterBytes;

    OwnedSymbol(Accumulator accumulator, TickCodec codec, DeadLetters deadLetters) {
        this.accumulator = accumulator;
        this.codec = codec;
        this.deadLetters = deadLetters;
        this.committed = accumulator.toStats();
    }

    Symbol symbol() {
        return accumulator.symbol();
    }

    Accumulator accumulator() {
        return accumulator;
    }

    /** Counts a record, or sets it aside as a dead letter. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        switch (codec.decode(symbol(), record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            case Decoded.Valid valid -> accumulator.add(record.offset(), valid.tick());
            case Decoded.Malformed malformed -> {
                accumulator.reject(record.offset());
                rejected.merge(malformed.reason(), 1L, Long::sum);
                letters.add(deadLetters.of(record, malformed.reason(), malformed.detail()));
                letterBytes += Math.max(0, record.serializedValueSize());
            }
        }
    }

    /** Accounts for offsets that retention deleted. What was gone before the first record was read is not covered at all. */
    void missTo(long resumed) {
        if (accumulator.isUntouched()) {
            accumulator = accumulator.startingAt(resumed);
            committed = accumulator.toStats();
        } else {
            accumulator.missTo(resumed);
        }
    }

    List<ProducerRecord<byte[], byte[]>> letters() {
        return letters;
    }

    /** Bytes of the records that wait to be written as dead letters. */
    long letterBytes() {
        return letterBytes;
    }

    /** Rejected records since the last commit, by reason. */
    Map<DeadLetterReason, Long> rejected() {
        return rejected;
    }

    /** The statistics as they were at the last commit. */
    PriceStats committed() {
        return committed;
    }

    /** What was written is final. */
    void commit(PriceStats stats) {
        committed = stats;
        letters.clear();
        rejected.clear();
        letterBytes = 0;
    }
}
