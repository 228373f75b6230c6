package io.tickhub.cli;

import io.tickhub.model.ClientId;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Option;

/** The options of every command that connects to Kafka: to which cluster, and as whom. They win over the environment. */
final class ConnectionOptions {

    /** Not Kafka's: the client that a file of client properties is for. */
    static final String CLIENT = "tickhub.client";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to begin with (default: TICKHUB_BOOTSTRAP_SERVERS, or localhost:9092).")
    private Optional<String> bootstrapServers = Optional.empty();

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Kafka client properties, such as user and password, as Kafka's own tools take them.")
    private Optional<Path> commandConfig = Optional.empty();

    /**
     * The environment with what the options say.
     *
     * @throws ConfigurationException if brokers are named, but none: a script's variable that is unset must not mean another cluster
     */
    Variables variables() {
        Variables all = new Variables();
        Map<String, String> properties = properties();
        Optional.ofNullable(properties.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG))
                .ifPresent(servers -> all.set(
                        KafkaConfig.BOOTSTRAP_SERVERS.name(),
                        "--command-config",
                        named("bootstrap.servers in the file of --command-config", servers)));
        properties.remove(CLIENT);
        KafkaConfig.environment(properties).forEach((name, value) -> all.set(name, "--command-config", value));
        bootstrapServers.ifPresent(servers -> all.set(
                KafkaConfig.BOOTSTRAP_SERVERS.name(), "--bootstrap-servers", named("--bootstrap-servers", servers)));
        return all;
    }

    /** Where the system is, and as whom to connect. */
    KafkaConfig kafka() {
        Logging.withoutKafkaWarnings();
        Settings settings = new Settings(variables().environment());
        return settings.build(() -> KafkaConfig.from(settings));
    }

    /** The client that the file of client properties is for. */
    Optional<ClientId> client() {
        Optional<String> name = Optional.ofNullable(properties().get(CLIENT));
        try {
            return name.map(ClientId::new);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    List.of(CLIENT + "=" + name.orElseThrow() + " in the file of --command-config: " + e.getMessage()));
        }
    }

    private static String named(String option, String servers) {
        if (servers.isBlank()) {
            throw new ConfigurationException(List.of(option + " is empty: name the brokers, or leave it out"));
        }
        return servers;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        commandConfig.ifPresent(file -> {
            try {
                properties.putAll(Utils.propsToStringMap(Utils.loadProps(file.toString())));
            } catch (IOException | IllegalArgumentException e) {
                throw new ConfigurationException(
                        List.of("the file of --command-config cannot be read: " + reason(file, e)));
            }
        });
        return properties;
    }

    private static String reason(Path file, Exception e) {
        return String.valueOf(e.getMessage()).contains(file.toString()) ? e.getMessage() : file + ": " + e.getMessage();
    }
}
