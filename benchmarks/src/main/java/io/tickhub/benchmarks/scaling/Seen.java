package io.tickhub.benchmarks.scaling;

import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was seen with one number of symbols. Immutable.
 *
 * @param symbols how many
 * @param microsPerTick of an aggregator's processor time, in each span of time
 * @param heapMegabytes of the aggregator, alive
 * @param joinMillis since a second aggregator was in the group, until all symbols had an owner
 * @param arrived of new symbols: since the first tick was appended, until the client had it that waits for it
 * @param counted the same, until it stood in the published statistics
 * @param deaths of services, one sentence each
 */
record Seen(
        int symbols,
        Series microsPerTick,
        double heapMegabytes,
        double joinMillis,
        Latencies arrived,
        Latencies counted,
        List<String> deaths) {

    /** The figures of {@link #row}, for machines. */
    List<Series> series() {
        String name = microsPerTick.name();
        List<Series> all = new ArrayList<>(List.of(
                microsPerTick,
                new Series(name + ", heap alive", "MB", List.of(heapMegabytes)),
                new Series(name + ", join", "ms", List.of(joinMillis))));
        all.addAll(arrived.series(name + ", new symbol to its client"));
        all.addAll(counted.series(name + ", new symbol counted"));
        return all;
    }

    /** A row of a report. */
    List<String> row(Seen first) {
        return List.of(
                "%,d".formatted(symbols),
                "%.0f us".formatted(microsPerTick.median()),
                String.format(Locale.ROOT, "%.2f", microsPerTick.ratioTo(first.microsPerTick)),
                "%.0f MB".formatted(heapMegabytes),
                "%.0f ms".formatted(joinMillis),
                "%.0f ms".formatted(arrived.median()),
                "%.0f ms".formatted(arrived.max()),
                "%.0f ms".formatted(counted.max()));
    }
}
