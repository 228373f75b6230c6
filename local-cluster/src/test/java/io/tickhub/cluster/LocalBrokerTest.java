package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    @TempDir
    private Path data;

    @Test
    void dataWithoutUsersCannotAskForPasswords() throws IOException {
        Files.createDirectories(data.resolve("kafka"));
        Files.createFile(data.resolve("kafka/meta.properties"));

        assertThatThrownBy(() -> LocalBroker.start(BrokerConfig.keptIn(data).withUsersOf(new Topics(""))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("was made without --secure");
    }

    @Test
    void dataWithPasswordsIsNotOpenToAllByMistake() throws IOException {
        Files.createDirectories(data.resolve("logins"));

        assertThatThrownBy(() -> LocalBroker.start(BrokerConfig.keptIn(data)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("start with --secure");
    }
}
