package io.tickhub.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's way to speak to a running JVM. No state. */
final class Jcmd {

    private Jcmd() {}

    /**
     * Lets a JVM carry out a command, and waits.
     *
     * @param command as {@code jcmd} knows it, with its arguments
     * @return whether it did
     * @throws UncheckedIOException if this is no JDK, but a JRE
     */
    static boolean run(long pid, String... command) {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        words.addAll(List.of(command));
        try {
            return new ProcessBuilder(words)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("a JDK is needed, for its jcmd", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
