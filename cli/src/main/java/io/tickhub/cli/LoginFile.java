package io.tickhub.cli;

import io.tickhub.runtime.access.AccessException;
import io.tickhub.runtime.access.Login;
import io.tickhub.runtime.access.PrivateFile;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** A new login as client properties, which {@code --command-config} and Kafka's own tools take. No state. */
final class LoginFile {

    private LoginFile() {}

    /** Everything that somebody needs to connect with it. */
    static Map<String, String> properties(Login login, KafkaConfig kafka) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.putAll(login.properties(AdminOptions.protocol(kafka)));
        return properties;
    }

    /**
     * Writes a file for its owner alone.
     *
     * @param otherwise what it means that it cannot be written, and what to do then
     */
    static void write(Path file, Login login, Map<String, String> properties, String otherwise) {
        try {
            PrivateFile.write(file, List.of("Kafka client properties of " + login.user()), properties);
        } catch (IOException e) {
            throw new AccessException(
                    "the file " + file + " cannot be written (" + e.getMessage() + "), so " + otherwise);
        }
    }
}
