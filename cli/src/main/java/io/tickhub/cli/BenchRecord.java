package io.tickhub.cli;

import io.tickhub.benchmarks.Benchmark;
import io.tickhub.benchmarks.rig.Effort;
import io.tickhub.benchmarks.rig.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What one call of {@code tickhub bench} measured, as its JSON file holds it. Immutable.
 *
 * @param begun when
 * @param effort how thoroughly
 * @param processors the machine's
 * @param java the version that runs it
 * @param kafka the version of its clients, brokers and tools
 * @param system its operating system
 * @param results in the order in which they were measured
 */
record BenchRecord(
        Instant begun, Effort effort, int processors, String java, String kafka, String system, List<Result> results) {

    /**
     * What one benchmark measured.
     *
     * @param benchmark its name
     * @param loadBefore of the machine, as {@code uptime} says
     * @param loadAfter when it had been measured
     */
    record Result(String benchmark, double loadBefore, double loadAfter, Report report) {}

    BenchRecord {
        results = List.copyOf(results);
    }

    static BenchRecord begin(Effort effort) {
        return new BenchRecord(
                Instant.now(),
                effort,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                AppInfoParser.getVersion(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                List.of());
    }

    BenchRecord with(Benchmark benchmark, double loadBefore, double loadAfter, Report report) {
        List<Result> more = new ArrayList<>(results);
        more.add(new Result(benchmark.name(), loadBefore, loadAfter, report));
        return new BenchRecord(begun, effort, processors, java, kafka, system, more);
    }

    boolean isGood() {
        return results.stream().allMatch(result -> result.report().isGood(effort));
    }
}
