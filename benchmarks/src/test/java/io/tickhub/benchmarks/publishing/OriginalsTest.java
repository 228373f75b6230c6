package io.tickhub.benchmarks.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalsTest {

    @TempDir
    private Path folder;

    @Test
    void recordsInTurnsStayInTurns() throws IOException {
        assertThat(read(1)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    }

    @Test
    void someOfEachSymbolAreTogetherAndThoseLeftOverAtTheEnd() throws IOException {
        assertThat(read(2)).containsExactly("a1", "a2", "b1", "b2", "a3", "b3");
    }

    private List<String> read(int together) throws IOException {
        Originals originals = Originals.in(folder);
        Files.write(
                originals.records(),
                List.of(
                        "A\trow\t1\ta1",
                        "B\trow\t1\tb1",
                        "A\trow\t2\ta2",
                        "B\trow\t2\tb2",
                        "A\trow\t3\ta3",
                        "B\trow\t3\tb3"));
        return Originals.read(originals.records(), new Topics(""), together).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
