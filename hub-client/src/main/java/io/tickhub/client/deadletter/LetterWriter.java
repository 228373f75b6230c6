package io.tickhub.client.deadletter;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what resolves letters. For one thread. */
interface LetterWriter extends AutoCloseable {

    /** A letter and the records that resolve it, all of them or none. */
    record Step(DeadLetter letter, List<ProducerRecord<byte[], byte[]>> records) {}

    /** Writes steps; each one is wholly there afterwards, or refused and not there at all. */
    List<Verdict> write(List<Step> steps);

    @Override
    default void close() {}

    /** Writes nothing, and says yes to everything. */
    static LetterWriter dry() {
        return steps -> steps.stream()
                .<Verdict>map(step -> new Verdict.Done(step.letter()))
                .toList();
    }
}
