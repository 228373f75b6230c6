package io.tickhub.hub.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A symbol's topic as a model: offsets that hold a tick, a bad tick or nothing, and a beginning that retention moves on. */
final class SymbolLog {

    private final String topicId;
    private final List<Boolean> ticks = new ArrayList<>();
    private long beginning;

    SymbolLog(String topicId) {
        this.topicId = topicId;
    }

    String topicId() {
        return topicId;
    }

    long beginning() {
        return beginning;
    }

    long end() {
        return ticks.size();
    }

    /** Appends valid ticks, and between them offsets that hold none. */
    void append(Random random, int count) {
        for (int i = 0; i < count; i++) {
            ticks.add(random.nextInt(5) > 0);
        }
    }

    void deleteBefore(long offset) {
        beginning = Math.max(beginning, offset);
    }

    boolean isTick(long offset) {
        return ticks.get((int) offset);
    }

    /** The offsets of valid ticks in a range, deleted ones too. */
    List<Long> ticks(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            if (isTick(offset)) {
                offsets.add(offset);
            }
        }
        return offsets;
    }

    /** The records of valid ticks in a range, as a consumer returns them. */
    List<ConsumerRecord<byte[], byte[]>> records(long from, long to) {
        return ticks(from, to).stream()
                .map(offset -> new ConsumerRecord<>("ticks.A", 0, offset, new byte[] {'A'}, value(offset)))
                .toList();
    }

    /** What the tick at an offset holds. */
    byte[] value(long offset) {
        return (topicId + "@" + offset).getBytes(StandardCharsets.UTF_8);
    }
}
