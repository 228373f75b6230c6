package io.tickhub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerLoginsTest {

    @TempDir
    private Path parent;

    @Test
    void staysTheSameAndIsForItsOwnerAlone() throws IOException {
        try (DataFolder data = DataFolder.open(Optional.of(parent.resolve("data")))) {
            BrokerLogins first = BrokerLogins.in(data, new Topics(""), "localhost:1");
            BrokerLogins again = BrokerLogins.in(data, new Topics(""), "localhost:2");

            assertThat(again.admin()).isEqualTo(first.admin()).isNotEqualTo(first.of(Role.HUB));
            assertThat(again.adminFile()).content().contains("bootstrap.servers=localhost:2", "tickhub.admin");
            assertThat(mode(again.adminFile())).isEqualTo("rw-------");
            assertThat(mode(data.logins())).isEqualTo("rwx------");
            assertThat(mode(data.kafka())).isEqualTo("rwx------");
            assertThatThrownBy(() -> BrokerLogins.in(data, new Topics("other."), "localhost:1"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("TICKHUB_TOPIC_PREFIX");
        }
    }

    @Test
    void noListenerOfTheBrokerIsOpen() {
        try (DataFolder data = DataFolder.open(Optional.of(parent.resolve("data")))) {
            BrokerLogins logins = BrokerLogins.in(data, new Topics(""), "localhost:1");
            Map<String, String> settings =
                    BrokerSettings.of(1, Quorum.alone(), data.kafka(), Optional.of(logins), Map.of());

            assertThat(settings.get("listener.security.protocol.map")).doesNotContain(":PLAINTEXT");
            assertThat(settings.get("super.users")).isEqualTo("User:tickhub.admin;User:tickhub.node");
            assertThat(settings)
                    .containsEntry("allow.everyone.if.no.acl.found", "false")
                    .containsKey("authorizer.class.name");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
