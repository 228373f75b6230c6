package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.peer.KafkaTool;
import io.tickhub.benchmarks.peer.KafkaToolMain;
import io.tickhub.benchmarks.rig.Percentiles;
import io.tickhub.cluster.ChildJvm;
import io.tickhub.cluster.JvmOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own tool, in a JVM of its own: one record after the other, sent with {@code acks=1}, waited for and polled by the same thread. It
 * tells whole milliseconds, rounded down. Immutable.
 *
 * @param bootstrapServers of the cluster
 * @param records how many it sends
 * @param logs folder of what it prints
 */
record EndToEndTool(String bootstrapServers, int records, Path logs) {

    private static final int HEAP_MEGABYTES = 512;
    private static final int RECORD_BYTES = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern PERCENTILES = Pattern.compile("Percentiles: 50th = (\\d+), 99th = (\\d+)");

    /** What it says, and one millisecond where it says 0, so that there is a ratio. */
    Percentiles run() {
        Path log = logs.resolve("end-to-end-latency.log");
        ProcessBuilder builder = ChildJvm.of(
                        JvmOptions.asInContainer(HEAP_MEGABYTES),
                        KafkaToolMain.class,
                        KafkaTool.END_TO_END_LATENCY.program(List.of(
                                "--bootstrap-server",
                                bootstrapServers,
                                "--topic",
                                "end-to-end-latency",
                                "--num-records",
                                Integer.toString(records),
                                "--producer-acks",
                                "1",
                                "--record-size",
                                Integer.toString(RECORD_BYTES))))
                .redirectOutput(log.toFile());
        try {
            Process process = builder.start();
            if (!ChildJvm.hasEndedWithin(process, PATIENCE)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "EndToEndLatency has not ended after %s, see %s".formatted(PATIENCE, log));
            }
            return percentiles(Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException("EndToEndLatency could not be run", e);
        }
    }

    static Percentiles percentiles(String printed) {
        Matcher matcher = PERCENTILES.matcher(printed);
        if (!matcher.find()) {
            throw new IllegalStateException("EndToEndLatency told no percentiles: " + printed);
        }
        return new Percentiles(
                Math.max(1, Integer.parseInt(matcher.group(1))), Math.max(1, Integer.parseInt(matcher.group(2))));
    }
}
