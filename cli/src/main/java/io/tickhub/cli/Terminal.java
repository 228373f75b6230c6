package io.tickhub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The user's terminal as a place to draw in: the same lines again and again, and single keys. What was on it before comes back at the
 * end, also after Ctrl-C, and after a second one. For one thread, except that another one may put it back at the end of the process.
 * Owns nothing but the terminal's settings.
 */
final class Terminal implements AutoCloseable {

    /** How large it is. */
    record Size(int lines, int columns) {}

    private static final String ESCAPE = "\u001b[";
    private static final Size USUAL = new Size(24, 80);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintWriter out;
    private final Optional<String> settings;
    private final Thread hook;
    private final Runnable takeBack;
    private Size size = USUAL;
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;
    private boolean closed;

    private Terminal(PrintWriter out, Optional<String> settings) {
        this.out = out;
        this.settings = settings;
        this.hook = new Thread(this::restore, "terminal");
        Runtime.getRuntime().addShutdownHook(hook);
        this.takeBack = StopSignals.beforeHalt(this::restore);
        out.print(ESCAPE + "?1049h" + ESCAPE + "?25l" + ESCAPE + "2J");
        out.flush();
    }

    /** The terminal, ready to be drawn in; empty where output or input goes elsewhere. */
    static Optional<Terminal> open(PrintWriter out) {
        if (!isTerminal()) {
            return Optional.empty();
        }
        Optional<String> settings = ask("stty -g");
        settings.ifPresent(before -> {
            var unused = ask("stty -icanon -echo min 0 time 0");
        });
        return Optional.of(new Terminal(out, settings));
    }

    Size size() {
        if (System.nanoTime() - lookedNanos > LOOK_NANOS) {
            lookedNanos = System.nanoTime();
            size = ask("stty size")
                    .filter(text -> text.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}"))
                    .map(Terminal::size)
                    .orElse(USUAL);
        }
        return size;
    }

    /** Draws these lines from the top, as many as fit, over what is there; nothing once it is put back. */
    synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        // Cleared before it is written: to clear behind a line as wide as the terminal takes its last character away.
        String frame = lines.stream()
                .limit(size().lines())
                .map(line -> ESCAPE + 'K' + line)
                .collect(Collectors.joining("\r\n", ESCAPE + 'H', ""));
        out.print(lines.size() < size().lines() ? frame + "\r\n" + ESCAPE + 'J' : frame);
        out.flush();
    }

    /** The key that was pressed, if any. */
    Optional<Character> key() {
        try {
            InputStream in = System.in;
            return in.available() > 0 ? Optional.of((char) in.read()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        restore();
        takeBack.run();
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already.
        }
    }

    private synchronized void restore() {
        if (!closed) {
            closed = true;
            out.print(ESCAPE + "?25h" + ESCAPE + "?1049l");
            out.flush();
            settings.ifPresent(before -> {
                var unused = ask("stty " + before);
            });
        }
    }

    private static Size size(String linesAndColumns) {
        int gap = linesAndColumns.indexOf(' ');
        return new Size(
                Integer.parseInt(linesAndColumns.substring(0, gap)),
                Integer.parseInt(linesAndColumns.substring(gap + 1)));
    }

    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 0 && test -t 1")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a command of the shell prints about the terminal, which is its input; empty if it fails or prints nothing. */
    private static Optional<String> ask(String command) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return shell.waitFor() == 0 && !answer.isEmpty() ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
