package io.tickhub.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * The heap, the collector and the compilers of a JVM. Immutable.
 *
 * @param heapMegabytes at most
 * @param others with the collector among them
 */
public record JvmOptions(int heapMegabytes, List<String> others) {

    private static final String SERIAL_COLLECTOR = "-XX:+UseSerialGC";

    /** @throws IllegalArgumentException without a heap */
    public JvmOptions {
        if (heapMegabytes <= 0) {
            throw new IllegalArgumentException("a JVM needs a heap");
        }
        others = List.copyOf(others);
    }

    /** Compiles quickly and not well: for what lives for seconds. */
    public static JvmOptions quickToStart(int heapMegabytes) {
        return new JvmOptions(heapMegabytes, List.of(SERIAL_COLLECTOR, "-XX:TieredStopAtLevel=1"));
    }

    /** Compiles as well as it can: for what lives on, or is measured. */
    public static JvmOptions quickInTheLongRun(int heapMegabytes) {
        return new JvmOptions(heapMegabytes, List.of(SERIAL_COLLECTOR));
    }

    /**
     * As the image starts a service. Half of the heap is for the young, and not a third: what is on its way to a broker dies soon, but each
     * collection before that moves it.
     */
    public static JvmOptions asInContainer(int heapMegabytes) {
        return new JvmOptions(heapMegabytes, List.of(SERIAL_COLLECTOR, "-XX:NewRatio=1"));
    }

    /** As the scripts that Kafka ships start a broker: for one that is measured. It takes its whole gigabyte at once. */
    public static JvmOptions asKafkaShips() {
        return new JvmOptions(
                1024,
                List.of(
                        "-Xms1024m",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=20",
                        "-XX:InitiatingHeapOccupancyPercent=35",
                        "-XX:+ExplicitGCInvokesConcurrent"));
    }

    /** With some more. */
    JvmOptions with(List<String> more) {
        List<String> all = new ArrayList<>(others);
        all.addAll(more);
        return new JvmOptions(heapMegabytes, all);
    }
}
