package io.tickhub.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    private Path folder;

    @Test
    void isForItsOwnerAloneAlsoWhereAnOpenFileWas() throws IOException {
        Path file = Files.writeString(folder.resolve("alice.properties"), "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.write(
                file, List.of("of alice"), Map.of("path", "C:\\keys", "password", "a=b c", "name", "Zoë 😀\n"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Properties read = Utils.loadProps(file.toString());
        assertThat(read)
                .containsEntry("path", "C:\\keys")
                .containsEntry("password", "a=b c")
                .containsEntry("name", "Zoë 😀\n");
        assertThat(folder.toFile().list()).containsExactly("alice.properties");
    }
}
