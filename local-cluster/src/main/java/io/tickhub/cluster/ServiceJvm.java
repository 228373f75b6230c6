package io.tickhub.cluster;

import java.util.List;

/**
 * How the JVM of a service works. Immutable.
 *
 * @param heapMegabytes at most
 * @param options besides the usual ones
 */
public record ServiceJvm(int heapMegabytes, List<String> options) {

    public ServiceJvm {
        options = List.copyOf(options);
    }

    /** Compiles quickly and not well: for a service that lives for seconds. */
    public static ServiceJvm quickToStart(int heapMegabytes) {
        return new ServiceJvm(heapMegabytes, List.of("-XX:TieredStopAtLevel=1"));
    }

    /** Compiles as well as it can, as in a container: for a service whose speed is measured. */
    public static ServiceJvm quickInTheLongRun(int heapMegabytes) {
        return new ServiceJvm(heapMegabytes, List.of());
    }
}
