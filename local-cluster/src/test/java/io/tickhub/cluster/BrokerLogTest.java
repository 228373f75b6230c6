package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerLogTest {

    @TempDir
    private Path folder;

    @Test
    void findsTheLastErrorSinceTheStart() throws IOException {
        Path file = folder.resolve("broker.log");
        Files.writeString(file, "2026-01-05T10:00:00Z ERROR Old - of the run before\n");
        BrokerLog log = BrokerLog.fromNowOn(file);

        assertThat(log.lastError()).isEmpty();

        append(file, "2026-01-05T10:00:01Z ERROR First - not this\n");
        append(file, "2026-01-05T10:00:02Z ERROR Second - no space left on device\n");
        append(file, "2026-01-05T10:00:03Z INFO  Third - stopping\n");

        assertThat(log.lastError()).contains("no space left on device");
    }

    @Test
    void tellsTheRootOfTheStackTrace() throws IOException {
        Path file = folder.resolve("broker.log");
        BrokerLog log = BrokerLog.fromNowOn(file);
        Files.writeString(
                file,
                """
                2026-01-05T10:00:00Z ERROR Log - Error while appending records
                org.example.StorageException: Error while appending records
                \tat org.example.Log.append(Log.java:1)
                Caused by: java.io.IOException: No space left on device
                \tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
                \t... 20 common frames omitted
                2026-01-05T10:00:01Z WARN  Log - Caused by: something else
                """);

        assertThat(log.lastError()).contains("Error while appending records: No space left on device");
    }

    @Test
    void readsALogThatRolled() throws IOException {
        Path file = folder.resolve("broker.log");
        Files.writeString(file, "x".repeat(1_000) + "\n");
        BrokerLog log = BrokerLog.fromNowOn(file);

        Files.writeString(file, "2026-01-05T10:00:00Z ERROR Log - after the roll\n");

        assertThat(log.lastError()).contains("after the roll");
    }

    @Test
    void knowsNothingWithoutAFile() {
        assertThat(BrokerLog.fromNowOn(folder.resolve("none")).lastError()).isEmpty();
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }
}
