package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSignalsTest {

    /** A command that does not stop when it is asked to. */
    static final class Deaf {

        private Deaf() {}

        public static void main(String[] arguments) throws InterruptedException {
            CompletableFuture<Void> asked = StopSignals.listen();
            StopSignals.beforeHalt(() -> System.out.println("taken back")).run();
            var unused = StopSignals.beforeHalt(() -> System.out.println("put right"));
            System.out.println("listens");
            asked.join();
            System.out.println("asked");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void theSecondSignalEndsTheProcessAndItsLastActsComeBefore() throws IOException, InterruptedException {
        Process deaf = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deaf.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = deaf.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("listens");
            assertThat(deaf.toHandle().destroy()).isTrue();
            assertThat(said.readLine()).isEqualTo("asked");
            assertThat(deaf.toHandle().destroy()).isTrue();

            assertThat(said.readLine()).isEqualTo("put right");
            assertThat(said.readLine()).as("the end").isNull();
            assertThat(deaf.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(deaf.exitValue()).isEqualTo(130);
        } finally {
            deaf.destroyForcibly();
        }
    }
}
