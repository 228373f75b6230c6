package io.tickhub.benchmarks.statistics;

import io.tickhub.benchmarks.statistics.TickRecords.Batch;
import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Count, minimum, maximum and sum of a symbol's prices, and nothing else. For one thread. */
final class FourFigures {

    private long count;
    private BigDecimal lowest = BigDecimal.ZERO;
    private BigDecimal highest = BigDecimal.ZERO;
    private BigDecimal sum = BigDecimal.ZERO;

    private FourFigures() {}

    static void of(TickRecords records) {
        TickCodec codec = new TickCodec();
        Map<Symbol, FourFigures> figures = new HashMap<>();
        for (Batch batch : records.batches()) {
            FourFigures symbol = figures.computeIfAbsent(batch.symbol(), unused -> new FourFigures());
            for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
                Instant appended = Instant.ofEpochMilli(record.timestamp());
                if (codec.decode(batch.symbol(), record.value(), appended) instanceof Decoded.Valid valid) {
                    symbol.add(valid.tick());
                }
            }
        }
        long all = figures.values().stream().mapToLong(symbol -> symbol.count).sum();
        if (all != records.count()) {
            throw new IllegalStateException(all + " of " + records.count() + " ticks were counted");
        }
    }

    private void add(Tick tick) {
        BigDecimal price = tick.price();
        lowest = count == 0 ? price : lowest.min(price);
        highest = highest.max(price);
        sum = sum.add(price);
        count++;
    }
}
