package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    @Test
    void theImageStartsAServiceWithTheOptionsThatAreMeasured() throws IOException {
        JvmOptions options = JvmOptions.asInContainer(512);
        String entryPoint = Files.readAllLines(Path.of("../Dockerfile")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .findFirst()
                .orElseThrow();
        assertThat(entryPoint).contains("\"-Xmx%dm\"".formatted(options.heapMegabytes()));
        assertThat(options.others()).isNotEmpty().allSatisfy(option -> assertThat(entryPoint)
                .contains("\"" + option + "\""));
    }
}
