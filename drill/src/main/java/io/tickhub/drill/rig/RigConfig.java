package io.tickhub.drill.rig;

import io.tickhub.cluster.JvmOptions;
import io.tickhub.model.Symbol;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The system that is drilled. Immutable.
 *
 * @param symbols how many symbols the producer simulates, 1 or more
 * @param ticksPerSecond of all symbols together
 * @param subscribers how many clients share the symbols
 * @param jvm of each service
 * @param logs folder of the services' logs
 */
public record RigConfig(int symbols, int ticksPerSecond, int subscribers, JvmOptions jvm, Path logs) {

    /** 20 symbols, 2,000 ticks a second, 5 subscribers. */
    public static RigConfig usual(Path logs) {
        return new RigConfig(20, 2_000, 5, JvmOptions.quickToStart(192), logs);
    }

    List<Symbol> simulated() {
        return IntStream.rangeClosed(1, symbols)
                .mapToObj(number -> new Symbol("SIM%02d".formatted(number)))
                .toList();
    }
}
