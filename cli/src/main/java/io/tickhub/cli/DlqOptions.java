package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of every command about dead letters: which system. */
final class DlqOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to begin with (default: TICKHUB_BOOTSTRAP_SERVERS, or localhost:9092).")
    private Optional<String> bootstrapServers = Optional.empty();

    /** The names of the system's topics. */
    Topics topics() {
        return kafka().topics();
    }

    /** Connects to the dead letters of the system that the option and the environment name. */
    DeadLetterQueue connect() {
        Logging.withoutKafkaWarnings();
        return DeadLetterQueue.connect(kafka());
    }

    private KafkaConfig kafka() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        bootstrapServers.ifPresent(servers -> environment.put(KafkaConfig.BOOTSTRAP_SERVERS.name(), servers));
        Settings settings = new Settings(environment);
        KafkaConfig kafka = KafkaConfig.from(settings);
        return settings.build(() -> kafka);
    }
}
