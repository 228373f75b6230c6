package io.tickhub.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.cluster.ChildJvm;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.drill.rig.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlamesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void whatAChildDoesIsInItsFlameGraph() throws Exception {
        try (Flames flames = Flames.begin(folder, "test")) {
            Process child = ChildJvm.of(JvmOptions.quickToStart(64), Busy.class, List.of("bee"))
                    .start();
            try {
                Await.until("the child is recorded", PATIENCE, this::isRecorded);
                child.getOutputStream().close();
                assertThat(ChildJvm.hasEndedWithin(child, PATIENCE)).isTrue();
            } finally {
                child.destroyForcibly();
            }
            List<String> failures = new ArrayList<>();
            List<Path> drawn = flames.draw(failures::add);
            assertThat(failures).isEmpty();
            assertThat(drawn).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString())
                        .isEqualTo("test-FlamesTest$Busy-bee-%d.html".formatted(child.pid()));
                assertThat(file).content().contains("FlamesTest$Busy.calculate");
            });
        }
    }

    private boolean isRecorded() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of its input, and is busy for half a second then. */
    static final class Busy {

        private static final long CPU_NANOS = 500_000_000;

        private Busy() {}

        public static void main(String[] arguments) throws IOException {
            while (System.in.read() >= 0) {
                // Nothing is told but the end.
            }
            System.out.println(calculate());
        }

        private static double calculate() {
            double sum = 0;
            long end = cpuNanos() + CPU_NANOS;
            while (cpuNanos() < end) {
                for (int i = 1; i < 100_000; i++) {
                    sum += 1.0 / i;
                }
            }
            return sum;
        }

        private static long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
