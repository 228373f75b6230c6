package io.tickhub.client.deadletter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Gathers letters into batches that one short transaction can hold, and tells what became of each. For one thread. */
final class Batches {

    private static final int MOST_LETTERS = 100;
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final LetterWriter writer;
    private final Consumer<Verdict> told;
    private final Set<Long> missing = new HashSet<>();
    private final List<LetterWriter.Step> batch = new ArrayList<>();
    private long bytes;

    /** @param selection of its numbers those that are never added are told as refused at the end */
    Batches(Selection selection, LetterWriter writer, Consumer<Verdict> told) {
        this.writer = writer;
        this.told = told;
        if (selection instanceof Selection.Numbers chosen) {
            missing.addAll(chosen.numbers());
        }
    }

    void refuse(DeadLetter letter, String why) {
        missing.remove(letter.number());
        told.accept(new Verdict.Refused(letter.number(), why));
    }

    void add(LetterWriter.Step step) {
        missing.remove(step.letter().number());
        batch.add(step);
        bytes += size(step.letter().stored());
        if (batch.size() >= MOST_LETTERS || bytes >= MOST_BYTES) {
            write();
        }
    }

    void finish() {
        write();
        missing.stream()
                .sorted()
                .forEach(number -> told.accept(new Verdict.Refused(
                        number, "there is no open dead letter of this number: it was resolved, or kept long enough")));
    }

    private static long size(ConsumerRecord<byte[], byte[]> stored) {
        long size = (long) Math.max(0, stored.serializedKeySize()) + Math.max(0, stored.serializedValueSize());
        for (Header header : stored.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private void write() {
        if (!batch.isEmpty()) {
            writer.write(List.copyOf(batch)).forEach(told);
            batch.clear();
            bytes = 0;
        }
    }
}
