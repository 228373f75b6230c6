package io.tickhub.cli;

import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.model.ClientId;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks a hub: which system, as whom, and how to print the answer. */
final class ClientOptions {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            converter = ClientIdConverter.class,
            description = "Name by which the hub knows this client (default: " + ConnectionOptions.CLIENT
                    + " in the file of --command-config, or a new one).")
    private Optional<ClientId> client = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /** Whether to print JSON. */
    boolean isJson() {
        return json;
    }

    /** Connects to the system that the options and the environment name. */
    MarketDataClient connect() {
        ClientConfig config = ClientConfig.of(kafka());
        return MarketDataClient.connect(
                client.or(connection::client).map(config::withClient).orElse(config));
    }

    /** Where the system is that the options and the environment name. */
    KafkaConfig kafka() {
        return connection.kafka();
    }
}
