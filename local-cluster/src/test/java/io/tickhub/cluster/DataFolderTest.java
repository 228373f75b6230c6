package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void isClosedToOthersWhileOpen() {
        Path path = parent.resolve("data");
        try (DataFolder folder = DataFolder.open(Optional.of(path))) {
            assertThat(folder.path()).isEqualTo(path);
            assertThatThrownBy(() -> DataFolder.open(Optional.of(path)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("another Tickhub uses the data folder " + path + " (process "
                            + ProcessHandle.current().pid()
                            + "); stop it or choose another folder with --data");
        }
        DataFolder.open(Optional.of(path)).close();

        assertThat(path).isDirectory();
    }

    @Test
    void isRemovedIfTemporary() throws IOException {
        DataFolder folder = DataFolder.open(Optional.empty());
        Files.createDirectories(folder.kafka().resolve("ticks.AAPL-0"));
        Files.writeString(folder.kafka().resolve("ticks.AAPL-0").resolve("00000000000000000000.log"), "ticks");

        folder.close();

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void saysWhyItCannotBeUsed() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "not a folder");

        assertThatThrownBy(() -> DataFolder.open(Optional.of(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the data folder " + file + " cannot be written (" + file
                        + " is not a folder); make it writable or choose another with --data");
    }
}
