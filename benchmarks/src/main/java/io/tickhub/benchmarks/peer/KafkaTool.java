package io.tickhub.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kafka's own tools with which Tickhub is compared, each in a JVM of its own: see {@link KafkaToolMain}. */
public enum KafkaTool {
    /** {@code kafka-producer-perf-test}. */
    PRODUCER_PERFORMANCE,
    /** Has no script. */
    END_TO_END_LATENCY;

    /** As it stands in names of logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The arguments of {@link KafkaToolMain}, from those of the tool. */
    public List<String> program(List<String> arguments) {
        List<String> all = new ArrayList<>();
        all.add(name());
        all.addAll(arguments);
        return all;
    }
}
