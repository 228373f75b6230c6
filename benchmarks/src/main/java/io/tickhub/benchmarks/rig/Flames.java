package io.tickhub.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/**
 * Records every JVM that this process starts, and draws what each did as a flame graph. The JDK's flight recorder looks 50 times a second, which takes a
 * little of what is measured; a JVM that is killed leaves nothing. Owns a thread. For one thread.
 */
public final class Flames implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path folder;
    private final String prefix;
    private final Thread watch = new Thread(this::watch, "flames");
    private volatile boolean closing;

    // From here on: the watching thread, until it has ended.
    private final Map<Path, String> namesByRecording = new LinkedHashMap<>();

    private Flames(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * Begins to look for new JVMs.
     *
     * @param folder where the files are written, which exists
     * @param prefix of the files' names
     */
    public static Flames begin(Path folder, String prefix) {
        Flames flames = new Flames(folder, prefix);
        flames.watch.setDaemon(true);
        flames.watch.start();
        return flames;
    }

    /**
     * Draws those that have ended.
     *
     * @param failed hears which could not be drawn, one line each
     * @return the files, HTML
     */
    public List<Path> draw(Consumer<String> failed) throws InterruptedException {
        close();
        watch.join();
        List<Path> drawn = new ArrayList<>();
        namesByRecording.forEach((recording, name) -> {
            Path file = folder.resolve(name + ".html");
            try {
                if (Files.exists(recording)) {
                    JfrToFlame.convert(recording.toString(), file.toString(), new Arguments("--title", name));
                    drawn.add(file);
                }
            } catch (IOException | RuntimeException e) {
                // Whatever a recording holds that was cut short: the figures have been measured.
                failed.accept("not drawn: %s: %s".formatted(recording, e));
            }
        });
        return drawn;
    }

    @Override
    public void close() {
        closing = true;
    }

    private void watch() {
        Set<Long> seen = new HashSet<>();
        while (!closing) {
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> isJvm(process) && !seen.contains(process.pid()))
                    .forEach(process -> {
                        if (record(process)) {
                            seen.add(process.pid());
                        }
                    });
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** A JVM that has only just begun cannot be spoken to, and is tried again. */
    private boolean record(ProcessHandle process) {
        Path recording = folder.resolve("%s-%d.jfr".formatted(prefix, process.pid()));
        boolean begun =
                Jcmd.run(process.pid(), "JFR.start", "settings=profile", "dumponexit=true", "filename=" + recording);
        if (begun) {
            // What it was started with is told for sure only when it runs.
            namesByRecording.put(recording, "%s-%s-%d".formatted(prefix, name(process), process.pid()));
        }
        return begun;
    }

    private static boolean isJvm(ProcessHandle process) {
        return process.info().command().filter(file -> file.endsWith("/java")).isPresent();
    }

    /** Its main class, and what the program is told first if that is a word. */
    private static String name(ProcessHandle process) {
        String[] words = process.info().arguments().orElse(new String[0]);
        int main = 0;
        while (main < words.length && !words[main].matches("[a-z.]+\\.[A-Z][\\w$]*")) {
            main++;
        }
        if (main == words.length) {
            return "jvm";
        }
        String name = words[main].substring(words[main].lastIndexOf('.') + 1);
        return main + 1 < words.length && words[main + 1].matches("[a-z][a-z-]*") ? name + "-" + words[main + 1] : name;
    }
}
