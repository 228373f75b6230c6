package io.tickhub.producer.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplayTest {

    private static final String HEADER = "symbol,price,volume,timestamp\n";
    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void plainAndCompressedFilesGiveTheSameRows() throws IOException {
        String text = HEADER
                + "A,1,2,2026-01-01T00:00:00Z\n\"B\nB\",1,2,2026-01-01T00:00:00Z\nA,x,2,\nA,3,4,2026-01-01T00:00:00Z\n";
        Files.writeString(folder.resolve("plain.csv"), text);
        Files.writeString(folder.resolve("mark.csv"), "\uFEFF" + text);
        Files.write(folder.resolve("packed.csv.gz"), gzip(text));
        Files.write(folder.resolve("packed"), gzip(text));
        for (String file : List.of("plain.csv", "mark.csv", "packed.csv.gz", "packed")) {
            assertThat(rows(Speed.MAX, ArrivedRows.NONE, file))
                    .as(file)
                    .containsExactly(
                            "good " + file + "@2", "bad " + file + "@3", "bad " + file + "@5", "good " + file + "@6");
        }
    }

    @Test
    void pacingFollowsTheLatestTimeAndSurvivesStepsBack() throws IOException {
        write("a.csv", "10:00:05", "10:00:03", "10:00:01", "", "10:01:05", "10:00:59", "9999", "10:01:07");
        assertThat(dues(Speed.parse("1x"), "a.csv"))
                .containsExactly(0L, 0L, 0L, 0L, 60 * SECOND, 60 * SECOND, 60 * SECOND, 62 * SECOND);
        assertThat(dues(Speed.parse("60x"), "a.csv").get(4)).isEqualTo(SECOND);
        assertThat(dues(Speed.MAX, "a.csv")).hasSize(8).containsOnly(TickSource.AT_ONCE);
    }

    @Test
    void severalFilesAreMergedByTimeEachInItsOwnOrder() throws IOException {
        write("a.csv", "10:00:00", "10:00:20", "10:00:10", "10:00:40");
        write("b.csv", "10:00:05", "10:00:30", "10:00:20", "10:00:41");
        assertThat(rows(Speed.parse("1x"), ArrivedRows.NONE, "b.csv", "a.csv"))
                .containsExactly(
                        "good a.csv@2",
                        "good b.csv@2",
                        "good a.csv@3",
                        "good a.csv@4",
                        "good b.csv@3",
                        "good b.csv@4",
                        "good a.csv@5",
                        "good b.csv@5");
        assertThat(dues(Speed.parse("1x"), "b.csv", "a.csv")).isSorted().last().isEqualTo(41 * SECOND);
    }

    @Test
    void rowsThatHaveArrivedArePassedOverWithoutWaiting() throws IOException {
        write("a.csv", "10:00:00", "10:00:20", "", "10:00:40", "10:00:50");
        ArrivedRows arrived = item -> item.row().orElseThrow().line() < 5;
        try (FileReplay replay = open(Speed.parse("1x"), arrived, "a.csv")) {
            assertThat(replay.due()).hasValue(0);
            assertThat(replay.next().row()).contains(new RowAddress("a.csv", 5));
            assertThat(replay.due()).hasValue(10 * SECOND);
            assertThat(replay.passedOver()).isEqualTo(3);
        }
        assertThat(rows(Speed.MAX, item -> true, "a.csv")).isEmpty();
    }

    @Test
    void progressIsCountedInBytesOnDisk() throws IOException {
        Path file = folder.resolve("a.csv.gz");
        Files.write(file, gzip(HEADER + "A,1,2,2026-01-01T00:00:00Z\n".repeat(100_000)));
        try (FileReplay replay = open(Speed.MAX, ArrivedRows.NONE, "a.csv.gz")) {
            while (replay.due().isPresent()) {
                replay.next();
            }
            assertThat(replay.bytesRead()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void aBrokenArchiveIsToldAfterTheRowsBeforeIt() throws IOException {
        byte[] packed = gzip(HEADER + "A,1,2,2026-01-01T00:00:00Z\n".repeat(1000));
        byte[] damaged = packed.clone();
        damaged[packed.length - 8] ^= 1;
        Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length - 8));
        Files.write(folder.resolve("damaged.csv.gz"), damaged);
        for (String file : List.of("cut.csv.gz", "damaged.csv.gz")) {
            List<String> rows = new ArrayList<>();
            assertThatThrownBy(() -> collect(rows, Speed.MAX, ArrivedRows.NONE, file))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file);
            assertThat(rows).hasSize(1000).last().isEqualTo("good " + file + "@1001");
        }
    }

    @Test
    void aFaultRightAtTheFirstRowOrAfterRowsThatHaveArrivedIsToldToo() throws IOException {
        byte[] empty = gzip(HEADER);
        byte[] rows = gzip(HEADER + "A,1,2,2026-01-01T00:00:00Z\n");
        Files.write(folder.resolve("empty.csv.gz"), Arrays.copyOf(empty, empty.length - 8));
        Files.write(folder.resolve("rows.csv.gz"), Arrays.copyOf(rows, rows.length - 8));
        for (String file : List.of("empty.csv.gz", "rows.csv.gz")) {
            assertThatThrownBy(() -> rows(Speed.MAX, item -> true, file))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file);
        }
    }

    @Test
    void filesThatCannotBeToldApartOrAreNotThereAreRefused() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        write("a.csv", "10:00:00");
        write("sub/a.csv", "10:00:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Speed.MAX, ArrivedRows.NONE, "a.csv", "sub/a.csv"))
                .withMessageContaining("two files are called a.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Speed.MAX, ArrivedRows.NONE, "none.csv"))
                .withMessageContaining("there is no readable file");
        Files.writeString(folder.resolve("empty.csv"), "\n");
        assertThatThrownBy(() -> open(Speed.MAX, ArrivedRows.NONE, "empty.csv")).hasMessage("empty.csv is empty");
    }

    private List<String> rows(Speed speed, ArrivedRows arrived, String... files) {
        List<String> rows = new ArrayList<>();
        collect(rows, speed, arrived, files);
        return rows;
    }

    private void collect(List<String> rows, Speed speed, ArrivedRows arrived, String... files) {
        try (FileReplay replay = open(speed, arrived, files)) {
            while (replay.due().isPresent()) {
                SourceItem item = replay.next();
                rows.add((item instanceof SourceItem.Good ? "good " : "bad ")
                        + item.row().orElseThrow());
            }
        }
    }

    private List<Long> dues(Speed speed, String... files) {
        List<Long> dues = new ArrayList<>();
        try (FileReplay replay = open(speed, ArrivedRows.NONE, files)) {
            while (replay.due().isPresent()) {
                dues.add(replay.due().getAsLong());
                replay.next();
            }
        }
        return dues;
    }

    private FileReplay open(Speed speed, ArrivedRows arrived, String... files) {
        List<Path> paths = Arrays.stream(files).map(folder::resolve).toList();
        ReplayConfig config =
                new ReplayConfig(paths, Optional.empty(), speed, ReplayConfig.StartAt.BEGINNING, "replay-1");
        return FileReplay.open(config, arrived, NOW);
    }

    /** A row for each time of day; an empty one makes the row bad, a year makes it lie in the future. */
    private void write(String file, String... times) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (String time : times) {
            String timestamp =
                    time.contains(":") ? "2026-01-01T" + time + "Z" : time.isEmpty() ? "" : time + "-01-01T00:00:00Z";
            text.append("A,1,2,").append(timestamp).append('\n');
        }
        Files.writeString(folder.resolve(file), text);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
