package io.tickhub.drill.fault;

import io.tickhub.drill.rig.Rig;
import java.time.Duration;
import java.util.Optional;

/**
 * One way to break a running system. Immutable.
 *
 * @param name as it is typed
 * @param description one sentence
 * @param brokers how many the cluster has, 1 or 3
 * @param limit how long anything may stand still; empty where the fault itself decides that
 * @param blow what is done; it returns when everything is mended that does not mend itself, and throws DrillException if the system
 *     does not do what it has to
 */
public record Fault(String name, String description, int brokers, Optional<Duration> limit, Blow blow) {

    /** Breaks a system. */
    @FunctionalInterface
    public interface Blow {
        void strike(Rig rig, Pace pace) throws InterruptedException;
    }

    static Fault of(String name, int brokers, String description, Blow blow) {
        return new Fault(name, description, brokers, Optional.empty(), blow);
    }

    Fault within(Duration most) {
        return new Fault(name, description, brokers, Optional.of(most), blow);
    }
}
