package io.tickhub.drill.proof;

import io.tickhub.model.Decoded;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands in one symbol's topic, as far as it has not been compared with everything yet: the truth. For one thread. */
final class Tape {

    private final TickCodec codec = new TickCodec();
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final Symbol symbol;
    private long lastId;

    /** One record. */
    record Entry(ByteBuffer value, Decoded decoded) {

        boolean isTick() {
            return decoded instanceof Decoded.Valid;
        }
    }

    Tape(Symbol symbol) {
        this.symbol = symbol;
    }

    Symbol symbol() {
        return symbol;
    }

    /** Takes a record in. Its source numbers its ticks from 1 in each of its lives: what is missing there was lost on the way to Kafka. */
    void add(ConsumerRecord<byte[], byte[]> record, Findings findings) {
        Decoded decoded = codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()));
        entries.put(record.offset(), new Entry(ByteBuffer.wrap(record.value()), decoded));
        if (decoded instanceof Decoded.Valid valid && !valid.tick().id().isEmpty()) {
            checkId(Long.parseLong(valid.tick().id()), record.offset(), findings);
        }
    }

    /** The records of the offsets {@code [from, to)}, in order. */
    NavigableMap<Long, Entry> between(long from, long to) {
        return entries.subMap(from, true, Math.max(from, to), false);
    }

    /** Nobody needs what lies before an offset any longer. */
    void forgetBefore(long offset) {
        entries.headMap(offset, false).clear();
    }

    private void checkId(long id, long offset, Findings findings) {
        if (id != 1 && id <= lastId) {
            findings.doubled(1, "%s@%d: the source's tick %d stands in the topic twice".formatted(symbol, offset, id));
        } else if (id > lastId + 1) {
            findings.lost(
                    id - lastId - 1,
                    "%s@%d: the source's ticks %d to %d never came to the topic"
                            .formatted(symbol, offset, lastId + 1, id - 1));
        }
        lastId = id;
    }
}
