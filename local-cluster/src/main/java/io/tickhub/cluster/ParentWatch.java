package io.tickhub.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Ends a child process when the process that started it is gone, which standard input tells by its end. No state. */
public final class ParentWatch {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    private ParentWatch() {}

    /**
     * Begins to watch.
     *
     * @param orphaned called before the process exits, which is cut short after 20 s
     */
    public static void begin(Runnable orphaned) {
        Thread exit = new Thread(() -> System.exit(0), "orphan-exit");
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(PrintStream.nullOutputStream());
                        orphaned.run();
                        exit.start();
                        exit.join(STOP_DEADLINE);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
