package io.tickhub.benchmarks.peer;

import io.tickhub.cluster.ChildJvm;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.ServiceProcessMain;
import io.tickhub.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One of those that are compared, in a JVM of its own: a service of Tickhub or a peer, with the same flags (heap, serial collector, all
 * compilers). Owns the process, which ends by itself when this one dies. For one thread.
 */
public final class PeerProcess implements AutoCloseable {

    /** The largest heap of each, in units of 2^20 bytes. */
    public static final int HEAP_MEGABYTES = 512;

    private static final Duration STOP = Duration.ofSeconds(20);

    private final String name;
    private final Path log;
    private final Process process;

    private PeerProcess(String name, Path log, ProcessBuilder builder) {
        this.name = name;
        this.log = log;
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM of " + name + " could not be started", e);
        }
    }

    /** Starts a peer. */
    public static PeerProcess start(PeerTask task, Path logs) {
        return start(task.peer().text(), PeerMain.class, task.arguments(), logs);
    }

    /** Starts a tool of Kafka. */
    public static PeerProcess start(KafkaTool tool, List<String> arguments, Path logs) {
        return start(tool.text(), KafkaToolMain.class, tool.program(arguments), logs);
    }

    /** Starts any program, which is to end by itself if it cares for nothing else. */
    public static PeerProcess start(String name, Class<?> program, List<String> arguments, Path logs) {
        ProcessBuilder builder = ChildJvm.of(JvmOptions.asInContainer(HEAP_MEGABYTES), program, arguments);
        return new PeerProcess(name, logs.resolve(name + ".log"), builder);
    }

    /** Starts a service as it ships, with some settings. */
    public static PeerProcess start(Role role, Map<String, String> settings, Path logs) {
        return start(role, settings, JvmOptions.asInContainer(HEAP_MEGABYTES), logs);
    }

    /** Starts a service in a JVM that is set up otherwise than those of the others. */
    public static PeerProcess start(Role role, Map<String, String> settings, JvmOptions jvm, Path logs) {
        ProcessBuilder builder = ChildJvm.of(jvm, ServiceProcessMain.class, List.of(role.text()));
        builder.environment().putAll(settings);
        return new PeerProcess(role.text(), logs.resolve(role.text() + ".log"), builder);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException if it has ended; the message says where it tells why */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended with exit code %d, see %s".formatted(name, process.exitValue(), log));
        }
    }

    /** Asks it to leave its group and to end, and waits; it is killed when it does not. */
    @Override
    public void close() {
        ChildJvm.terminate(process);
        if (!ChildJvm.hasEndedWithin(process, STOP)) {
            process.destroyForcibly();
        }
    }
}
