package io.tickhub.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

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
     * @param clusterId given to storage that is formatted now
     * @throws BrokerFailedException if the broker ended or was not ready in time; no process is left
     */
    static BrokerProcess start(DataFolder folder, String clusterId, JvmOptions jvm) {
        ProcessBuilder builder =
                ChildJvm.of(jvm.with(properties(folder, clusterId)), BrokerMain.class, arguments(folder));
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
        ChildJvm.terminate(process);
        if (!ChildJvm.hasEndedWithin(process, STOP_DEADLINE)) {
            kill();
        }
    }

    /** Ends the broker at once, without a chance to tidy up, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        var unused = ChildJvm.hasEndedWithin(process, STOP_DEADLINE);
    }

    /** Halts the broker, as SIGSTOP does: its connections stay, and nobody answers. */
    void pause() {
        ChildJvm.signal(process, "STOP");
    }

    /** Lets it go on after {@link #pause}. */
    void resume() {
        ChildJvm.signal(process, "CONT");
    }

    private static List<String> properties(DataFolder folder, String clusterId) {
        return List.of(
                "-Dlogback.configurationFile=io/tickhub/cluster/broker-logback.xml",
                "-D" + BrokerMain.CLUSTER_ID + "=" + clusterId,
                "-Dtickhub.broker.log=" + folder.brokerLog());
    }

    private static List<String> arguments(DataFolder folder) {
        String properties = folder.brokerProperties().toString();
        return folder.isTemporary() ? List.of(properties, folder.path().toString()) : List.of(properties);
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
