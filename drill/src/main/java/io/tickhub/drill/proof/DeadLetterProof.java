package io.tickhub.drill.proof;

import io.tickhub.model.Headers;
import io.tickhub.model.Symbol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Proves that every record that is no tick stands in the dead letters once, with its own bytes. For one thread. */
final class DeadLetterProof {

    private final Map<String, NavigableMap<Long, ByteBuffer>> lettersByTopic = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record, Findings findings) {
        Header address = new Header(record);
        ByteBuffer before = letters(address.topic()).put(address.offset(), ByteBuffer.wrap(record.value()));
        if (before != null) {
            findings.complain("%s@%d has two dead letters".formatted(address.topic(), address.offset()));
        }
    }

    /** Compares the letters of the offsets {@code [from, to)} with the symbol's topic. */
    void compare(Tape tape, String topic, long from, long to, Findings findings) {
        Map<Long, ByteBuffer> letters = letters(topic).subMap(from, true, Math.max(from, to), false);
        tape.between(from, to).forEach((offset, entry) -> {
            ByteBuffer letter = letters.remove(offset);
            Symbol symbol = tape.symbol();
            if (entry.isTick() && letter != null) {
                findings.complain("%s@%d is a tick and has a dead letter".formatted(symbol, offset));
            } else if (!entry.isTick() && letter == null) {
                findings.lost(1, "%s@%d is no tick and has no dead letter".formatted(symbol, offset));
            } else if (letter != null && !letter.equals(entry.value())) {
                findings.complain("the dead letter of %s@%d has other bytes".formatted(symbol, offset));
            }
        });
    }

    private NavigableMap<Long, ByteBuffer> letters(String topic) {
        return lettersByTopic.computeIfAbsent(topic, name -> new TreeMap<>());
    }

    /** Where the original record stands. */
    private record Header(String topic, long offset) {

        Header(ConsumerRecord<byte[], byte[]> record) {
            this(text(record, Headers.TOPIC), Long.parseLong(text(record, Headers.OFFSET)));
        }

        private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
            // Ours come first, the original record's own behind them.
            return new String(record.headers().headers(name).iterator().next().value(), StandardCharsets.UTF_8);
        }
    }
}
