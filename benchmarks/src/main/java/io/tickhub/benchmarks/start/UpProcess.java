package io.tickhub.benchmarks.start;

import io.tickhub.cluster.ChildJvm;
import io.tickhub.drill.rig.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tickhub up} on free ports with a data folder of its own, started by the launcher script. Owns the process. For one thread. */
final class UpProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Kafka broker +(\\S+),");
    /** It ends by itself, whatever becomes of who started it. */
    private static final String LONGEST = "5m";

    private static final Duration STOP = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;

    private UpProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log what it prints, nothing of a run before */
    static UpProcess start(Path log) {
        // The launcher tells what it was called by.
        String launcher = System.getProperty("tickhub.command", "./tickhub");
        try {
            return new UpProcess(
                    new ProcessBuilder(
                                    launcher, "up", "--port", "0", "--web-port", "0", "--ephemeral", "--for", LONGEST)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(launcher + " could not be started", e);
        }
    }

    /**
     * Waits until it says that it runs.
     *
     * @return where its broker is
     */
    String awaitAddress(Duration patience) throws InterruptedException {
        Await.until("'up' says where its broker is, see " + log, patience, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "'up' ended with exit code %d, see %s".formatted(process.exitValue(), log));
            }
            return address().isPresent();
        });
        return address().orElseThrow();
    }

    private Optional<String> address() {
        try {
            return Optional.of(ADDRESS.matcher(Files.readString(log)))
                    .filter(Matcher::find)
                    .map(found -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, as by Ctrl-C, and waits; it is killed when it does not. */
    @Override
    public void close() {
        ChildJvm.terminate(process);
        if (!ChildJvm.hasEndedWithin(process, STOP)) {
            process.destroyForcibly();
        }
    }
}
