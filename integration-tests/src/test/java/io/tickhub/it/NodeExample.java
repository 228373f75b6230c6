package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of {@code docs/examples/node} as a process, in a copy of its folder. Owns the process. */
final class NodeExample implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeExample.class);
    private static final Path SOURCES = Path.of("../docs/examples/node");
    private static final int INSTALL_SECONDS = 90;

    private final Process process;
    private final Path output;

    private NodeExample(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Copies the example and gets its library, or skips the test and says why. */
    static void install(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        requireRuns(folder, "node", "--version");
        requireRuns(folder, "npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000");
    }

    /** Runs it in a folder where it was installed. */
    static NodeExample start(Path folder, Map<String, String> environment, String... symbols) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", "client.js"));
        command.addAll(List.of(symbols));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new NodeExample(builder.start(), output);
    }

    /** What it has printed, complete lines only. */
    List<String> lines() throws IOException {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Waits for so many lines of a form. */
    void awaitLines(int count, String form, String what) {
        Market.await(what, () -> {
            List<String> lines = lines();
            if (!process.isAlive()
                    && lines.stream().filter(line -> line.matches(form)).count() < count) {
                throw new AssertionError("the client has ended: " + lines);
            }
            return lines.stream().filter(line -> line.matches(form)).count() >= count;
        });
    }

    /** As Ctrl-C does; gives the exit code. */
    int interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).as("kill").isZero();
        Market.await("the client ends after Ctrl-C", () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void requireRuns(Path folder, String... command) throws IOException {
        Path log = folder.resolve("install.log");
        String failure;
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
            failure = Files.readString(log);
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        String reason = "The client in Node.js is not tried: " + String.join(" ", command) + " failed: " + failure;
        LOG.warn(reason);
        Assumptions.abort(reason);
    }
}
