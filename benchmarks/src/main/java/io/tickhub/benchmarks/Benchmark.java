package io.tickhub.benchmarks;

import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Trial;

/**
 * One thing that is measured. Immutable.
 *
 * @param name as it is typed
 * @param description one sentence
 * @param run measures it
 */
public record Benchmark(String name, String description, Run run) {

    /** Measures something on a system that it starts and ends. */
    @FunctionalInterface
    public interface Run {

        /**
         * Takes minutes, or seconds where only a look is wanted.
         */
        Report measure(Trial trial) throws InterruptedException;
    }
}
