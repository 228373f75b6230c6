package io.tickhub.it;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.utils.ScreenTerminal;

/**
 * A {@code tickhub} command in a terminal of 80 columns and 24 lines, for a person who looks and presses keys. The terminal is made by
 * {@code script} of util-linux, and what comes is drawn by JLine's. Owns the process.
 */
final class PseudoTerminal implements AutoCloseable {

    private static final int END_SECONDS = 20;

    /** A picture comes in pieces, but not so far apart. */
    private static final int STILL_MILLIS = 50;

    private final Process process;
    private final ScreenTerminal drawn = new ScreenTerminal(Screen.COLUMNS, Screen.LINES);

    private PseudoTerminal(Process process) {
        this.process = process;
        var unused = Thread.ofPlatform().daemon().name("pseudo-terminal").start(this::draw);
    }

    /** Why no terminal can be had here; empty if one can. */
    static Optional<String> absence() {
        try {
            Process version = new ProcessBuilder("script", "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.contains("util-linux")
                    ? Optional.empty()
                    : Optional.of("script is not that of util-linux here: " + answer.strip());
        } catch (IOException e) {
            return Optional.of("there is no script of util-linux here: " + e.getMessage());
        }
    }

    /** Runs a command; its words must mean nothing to a shell. */
    static PseudoTerminal run(Map<String, String> environment, String... words) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                "script",
                "--quiet",
                "--return",
                "--command",
                "stty rows " + Screen.LINES + " cols " + Screen.COLUMNS + "; exec '" + java
                        + "' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 io.tickhub.cli.Tickhub "
                        + String.join(" ", words),
                "/dev/null");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        builder.environment().remove("NO_COLOR");
        try {
            return new PseudoTerminal(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to be seen: a whole picture, not one that is just being drawn. */
    Screen screen() throws InterruptedException {
        for (boolean moves = true; moves; ) {
            moves = drawn.waitDirty(STILL_MILLIS);
        }
        long[] cells = new long[Screen.LINES * Screen.COLUMNS];
        drawn.dump(cells, new int[2]);
        return new Screen(cells);
    }

    void press(char key) throws IOException {
        process.getOutputStream().write(key);
        process.getOutputStream().flush();
    }

    /** Waits for the end of the command and gives its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the command has not ended within " + END_SECONDS + " s:\n" + screen());
        }
        return process.exitValue();
    }

    /** As if the window were closed. */
    @Override
    public void close() {
        process.destroy();
    }

    private void draw() {
        char[] block = new char[8_192];
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int length = reader.read(block); length >= 0; length = reader.read(block)) {
                var unused = drawn.write(new String(block, 0, length));
            }
        } catch (IOException e) {
            // The process was ended; what was drawn stays.
        }
    }
}
