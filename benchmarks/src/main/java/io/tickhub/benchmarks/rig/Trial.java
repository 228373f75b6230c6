package io.tickhub.benchmarks.rig;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a benchmark is given. Immutable.
 *
 * @param logs folder of the services' logs, which exists
 * @param effort how thoroughly is measured
 * @param told hears what is being done, one line each; called by the benchmark's thread
 */
public record Trial(Path logs, Effort effort, Consumer<String> told) {

    public void tell(String line) {
        told.accept(line);
    }
}
