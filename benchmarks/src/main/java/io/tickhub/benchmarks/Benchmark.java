package io.tickhub.benchmarks;

import io.tickhub.benchmarks.rig.Report;
import java.nio.file.Path;
import java.util.function.Consumer;

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
         * Takes minutes.
         *
         * @param logs folder of the services' logs
         * @param told what is being done, one line each
         */
        Report measure(Path logs, Consumer<String> told) throws InterruptedException;
    }
}
