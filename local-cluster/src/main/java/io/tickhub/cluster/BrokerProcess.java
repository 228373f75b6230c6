package io.tickhub.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of the broker's JVM as a child process. It owns the process and a thread that reads what the process prints. Thread safe.
 */
final class BrokerProcess {

    /** The Java release since which the JVM can be told not to warn of Kafka's way to unmap files. */
    private static final int UNSAFE_IS_ANNOUNCED = 23;

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    /**
     * Ctrl-C in a terminal reaches every process of the group, but the broker must stay until the services have drained. A signal
     * that is ignored before exec stays ignored in the JVM.
     */
    private static final List<String> DEAF_TO_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Process process;
    private final BrokerLog log;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Optional<String> failure = Optional.empty();

    private BrokerProcess(Process process, BrokerLog log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the JVM and waits until clients are served.
     *
     * @throws BrokerFailedException if the broker ended or was not ready in time; no process is left
     */
    static BrokerProcess start(DataFolder folder, int heapMegabytes) {
        ProcessBuilder builder = new ProcessBuilder(commandLine(folder, heapMegabytes));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true);
        BrokerLog log = BrokerLog.fromNowOn(folder.brokerLog());
        BrokerProcess broker;
        try {
            broker = new BrokerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new BrokerFailedException("the broker's JVM could not be started: " + e.getMessage());
        }
        Thread reader = new Thread(broker::readOutput, "broker-output");
        reader.setDaemon(true);
        reader.start();
        broker.awaitReady();
        return broker;
    }

    /** Completes when the process has ended, for whatever reason. */
    CompletableFuture<Void> ended() {
        return process.onExit().thenApply(ended -> null);
    }

    /** What the broker said of why it ended. */
    String reason() {
        return failure.or(log::lastError).orElseGet(() -> "exit code " + process.exitValue());
    }

    /** Asks the broker to end and waits; one that does not is killed. */
    void stop() {
        // Not Process.destroy(): it closes standard input too, which tells the broker that it is an orphan.
        process.toHandle().destroy();
        if (!hasEndedWithin(STOP_DEADLINE)) {
            kill();
        }
    }

    /** Ends the broker at once, without a chance to tidy up, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        hasEndedWithin(STOP_DEADLINE);
    }

    private static List<String> commandLine(DataFolder folder, int heapMegabytes) {
        List<String> words = new ArrayList<>(DEAF_TO_CTRL_C);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + heapMegabytes + "m");
        words.add("-XX:+UseSerialGC");
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_IS_ANNOUNCED) {
            words.add("--sun-misc-unsafe-memory-access=allow");
        }
        words.add("-Dlogback.configurationFile=io/tickhub/cluster/broker-logback.xml");
        words.add("-Dtickhub.broker.log=" + folder.brokerLog());
        words.add(BrokerMain.class.getName());
        words.add(folder.brokerProperties().toString());
        if (folder.isTemporary()) {
            words.add(folder.path().toString());
        }
        return words;
    }

    private boolean hasEndedWithin(Duration deadline) {
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

    private void awaitReady() {
        try {
            ready.get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            throw new BrokerFailedException("the broker was not ready within " + START_DEADLINE.toSeconds() + " s");
        } catch (ExecutionException e) {
            kill();
            throw new BrokerFailedException("the broker did not start: " + reason());
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("the start of the broker was interrupted");
        }
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(BrokerMain.READY)) {
                    ready.complete(null);
                } else if (line.startsWith(BrokerMain.FAILED)) {
                    failure = Optional.of(line.substring(BrokerMain.FAILED.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.completeExceptionally(new IllegalStateException("the broker's output ended"));
        }
    }
}
