package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.bar.SymbolBars;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Bar;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A symbol that a worker owns: its statistics and bars, and the dead letters that are not written yet. For the worker's thread. */
final class OwnedSymbol {

    private final TickCodec codec;
    private final DeadLetters deadLetters;
    private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    private final Map<DeadLetterReason, Long> rejected = new EnumMap<>(DeadLetterReason.class);
    private final SymbolBars bars;
    private final Sessions sessions;
    private final List<PriceStats> closed = new ArrayList<>();
    private Accumulator accumulator;
    private PriceStats committed;
    private Instant lastArrival;
    private long letterBytes;

    /** @param now when this worker has begun to own it */
    OwnedSymbol(
            Accumulator accumulator,
            SymbolBars bars,
            Sessions sessions,
            TickCodec codec,
            DeadLetters deadLetters,
            Instant now) {
        this.accumulator = accumulator;
        this.sessions = sessions;
        this.bars = bars;
        this.codec = codec;
        this.deadLetters = deadLetters;
        this.lastArrival = now;
        this.committed = stats();
    }

    Symbol symbol() {
        return accumulator.symbol();
    }

    Accumulator accumulator() {
        return accumulator;
    }

    /** Takes in records that have just arrived. */
    void take(List<ConsumerRecord<byte[], byte[]>> records, Instant now) {
        if (!records.isEmpty()) {
            lastArrival = now;
            records.forEach(this::take);
        }
    }

    /** Counts a record, or sets it aside as a dead letter. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        switch (codec.decode(symbol(), record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            case Decoded.Valid valid -> count(record, valid.tick());
            case Decoded.Malformed malformed -> reject(record, malformed.reason(), malformed.detail());
        }
    }

    private void count(ConsumerRecord<byte[], byte[]> record, Tick tick) {
        if (bars.isTooLate(tick.timestamp())) {
            reject(
                    record,
                    DeadLetterReason.TOO_LATE,
                    "event time " + tick.timestamp() + " is too far before the newest one of " + symbol()
                            + ": no bar can take the tick any more");
        } else {
            if (accumulator.isOver(sessions, tick.timestamp())) {
                closeSession(record.offset());
            }
            Trade trade = Trade.of(tick);
            accumulator.add(record.offset(), trade);
            bars.add(record.offset(), trade);
        }
    }

    /** The statistics begin afresh at an offset; bars go on. */
    private void closeSession(long end) {
        accumulator.skipTo(end);
        bars.endRun();
        closed.add(stats());
        accumulator = accumulator.startingAt(end);
        bars.countLateAfresh();
    }

    private void reject(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        accumulator.reject(record.offset());
        rejected.merge(reason, 1L, Long::sum);
        letters.add(deadLetters.of(record, reason, detail));
        letterBytes += Math.max(0, record.serializedValueSize());
    }

    /** Accounts for offsets that retention deleted. What was gone before the first record was read is not covered at all. */
    void missTo(long resumed) {
        if (accumulator.isUntouched()) {
            accumulator = accumulator.startingAt(resumed);
            committed = stats();
        } else {
            accumulator.missTo(resumed);
        }
    }

    /** The statistics as they are now; {@link #endRun} first. */
    PriceStats stats() {
        return accumulator.toStats().withLate(bars.late(), bars.outside());
    }

    /** What a successor needs; {@link #endRun} first. */
    AggregatorState state() {
        return accumulator.toState().withBars(bars.toSaved());
    }

    /** Brings all ticks into their bars. */
    void endRun() {
        bars.endRun();
    }

    /** The bars that were not published as they are now; {@link #endRun} first. */
    List<Bar> unpublishedBars() {
        return bars.unpublished();
    }

    /** About how many bars wait to be published. */
    int unpublishedBarCount() {
        return bars.unpublishedCount();
    }

    /** Closes provisionally the bars that are over by the clock, where no tick comes; tells whether there were any. */
    boolean closeQuietBars(Instant now) {
        if (bars.closesAt(lastArrival).filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        bars.endRun();
        bars.closeOver(now);
        return bars.unpublishedCount() > 0;
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

    /** The final statistics of the sessions that have ended since the last commit. */
    List<PriceStats> closedSessions() {
        return closed;
    }

    /** The statistics as they were at the last commit. */
    PriceStats committed() {
        return committed;
    }

    /** What was written is final. */
    void commit(PriceStats stats) {
        committed = stats;
        bars.published();
        closed.clear();
        letters.clear();
        rejected.clear();
        letterBytes = 0;
    }
}
