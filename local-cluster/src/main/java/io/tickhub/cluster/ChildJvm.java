package io.tickhub.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How this JVM starts others of its own kind, with its own classes, and waits for their end. No state. */
public final class ChildJvm {

    /** The Java release since which the JVM can be told not to warn of Kafka's way to unmap files. */
    private static final int UNSAFE_IS_ANNOUNCED = 23;

    /**
     * Ctrl-C in a terminal reaches every process of the group, but it is the parent that decides when a child ends. A signal that is
     * ignored before exec stays ignored in the JVM.
     */
    private static final List<String> DEAF_TO_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(10);

    private ChildJvm() {}

    /**
     * A JVM still to be started.
     *
     * @param options besides those that every one of Tickhub's has
     * @param program its main class
     * @param arguments of the program
     */
    public static ProcessBuilder of(JvmOptions options, Class<?> program, List<String> arguments) {
        List<String> words = new ArrayList<>(DEAF_TO_CTRL_C);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + options.heapMegabytes() + "m");
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_IS_ANNOUNCED) {
            words.add("--sun-misc-unsafe-memory-access=allow");
        }
        words.addAll(options.others());
        words.add(program.getName());
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true);
    }

    /** Asks a process to end. Not by {@link Process#destroy}: that closes its standard input too, as if the parent were gone. */
    public static void terminate(Process process) {
        process.toHandle().destroy();
    }

    /** Sends a signal that Java has no name for, such as {@code STOP}. */
    static void signal(Process process, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!hasEndedWithin(kill, SIGNAL_DEADLINE) || kill.exitValue() != 0) {
                throw new IllegalStateException("SIG" + signal + " could not be sent to process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("SIG" + signal + " could not be sent to process " + process.pid(), e);
        }
    }

    /** Waits, also through interrupts, whose flag stays set. */
    public static boolean hasEndedWithin(Process process, Duration deadline) {
        boolean interrupted = false;
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
