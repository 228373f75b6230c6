package io.tickhub.producer;

import io.tickhub.producer.publish.Published;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * What came of a source. Immutable.
 *
 * @param outcome whether it came to its end
 * @param published what Kafka acknowledged
 * @param passedOver rows that had arrived before
 * @param took how long it took
 */
public record ReplaySummary(Outcome outcome, Published published, long passedOver, Duration took) {

    /** Whether a source came to its end. */
    public enum Outcome {
        /** Everything has been published. */
        FINISHED,
        /** It was stopped before its end. */
        STOPPED
    }

    /** Rows that were dealt with: ticks, dead letters, and those that had arrived before. */
    public long rows() {
        return published.ticks() + published.deadLetters() + passedOver;
    }

    /** One line for a person. */
    @Override
    public String toString() {
        String bySymbol = published.ticksBySymbol().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return published.ticks() + " ticks" + (bySymbol.isEmpty() ? "" : " (" + bySymbol + ")") + ", "
                + published.deadLetters() + " dead letters"
                + (passedOver > 0 ? ", " + passedOver + " rows had arrived before" : "")
                + (published.unacknowledged() > 0
                        ? ", " + published.unacknowledged() + " records were given up without Kafka's acknowledgement"
                        : "")
                + ", in " + took.toSeconds() + "." + took.toMillisPart() / 100 + " s";
    }
}
