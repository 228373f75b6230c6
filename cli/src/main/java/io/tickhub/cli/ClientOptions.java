package io.tickhub.cli;

import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that asks a hub: which system, and how to print the answer. */
final class ClientOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to begin with (default: TICKHUB_BOOTSTRAP_SERVERS, or localhost:9092).")
    private Optional<String> bootstrapServers = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /** Whether to print JSON. */
    boolean isJson() {
        return json;
    }

    /** Connects to the system that the options and the environment name. */
    MarketDataClient connect() {
        KafkaConfig kafka = kafka();
        return MarketDataClient.connect(ClientConfig.of(kafka));
    }

    /** Where the system is that the options and the environment name. */
    KafkaConfig kafka() {
        Logging.withoutKafkaWarnings();
        Map<String, String> environment = new HashMap<>(System.getenv());
        bootstrapServers.ifPresent(servers -> environment.put(KafkaConfig.BOOTSTRAP_SERVERS.name(), servers));
        Settings settings = new Settings(environment);
        return settings.build(() -> KafkaConfig.from(settings));
    }
}
