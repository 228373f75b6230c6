package io.tickhub.runtime.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.model.Topics;
import io.tickhub.runtime.meter.KafkaMeters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Which Kafka cluster, which topics in it, and the client properties that every client gets. Immutable.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param topics names of this system's topics
 * @param properties passed through to every Kafka client, such as {@code security.protocol}
 * @param registry where every Kafka client shows its metrics
 */
public record KafkaConfig(
        String bootstrapServers, Topics topics, Map<String, String> properties, Optional<MeterRegistry> registry) {

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "TICKHUB_BOOTSTRAP_SERVERS",
            "localhost:9092",
            "Kafka brokers to begin with, `host:port`, comma-separated.");

    public static final Setting<Topics> TOPIC_PREFIX = new Setting<>(
            "TICKHUB_TOPIC_PREFIX",
            "",
            "Put before every topic, group and transactional id, so that several systems can share a cluster.",
            Topics::new);

    private static final String PASS_THROUGH = "TICKHUB_KAFKA_";

    /** What is promised rests on these. */
    private static final Set<String> OURS = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    /** Of the logging alone. */
    private static final String LOG_LEVEL = PASS_THROUGH + "LOG_LEVEL";

    public KafkaConfig {
        properties = Map.copyOf(properties);
    }

    /** Clients that show their metrics nowhere. */
    public KafkaConfig(String bootstrapServers, Topics topics, Map<String, String> properties) {
        this(bootstrapServers, topics, properties, Optional.empty());
    }

    public static List<Setting<?>> settings() {
        return List.of(BOOTSTRAP_SERVERS, TOPIC_PREFIX);
    }

    /**
     * Reads the settings and every {@code TICKHUB_KAFKA_*} that is not empty: {@code TICKHUB_KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}.
     */
    public static KafkaConfig from(Settings settings) {
        Map<String, String> properties = new HashMap<>();
        settings.environment().forEach((name, value) -> {
            if (name.startsWith(PASS_THROUGH) && !name.equals(LOG_LEVEL) && !value.isBlank()) {
                String property = name.substring(PASS_THROUGH.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                if (OURS.contains(property)) {
                    settings.reject(
                            name + ": " + property + " is chosen by Tickhub, which would not work with another");
                }
                properties.put(property, value);
            }
        });
        return new KafkaConfig(settings.get(BOOTSTRAP_SERVERS), settings.get(TOPIC_PREFIX), properties);
    }

    /** The variables from which {@link #from} reads these client properties. */
    public static Map<String, String> environment(Map<String, String> properties) {
        Map<String, String> environment = new HashMap<>();
        properties.forEach((name, value) ->
                environment.put(PASS_THROUGH + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return environment;
    }

    /** The same cluster with more client properties, which win. */
    public KafkaConfig with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return new KafkaConfig(bootstrapServers, topics, all, registry);
    }

    /** The same cluster, whose clients show their metrics there. */
    public KafkaConfig reportingTo(MeterRegistry meters) {
        return new KafkaConfig(bootstrapServers, topics, properties, Optional.of(meters));
    }

    /**
     * The properties of one client: where the cluster is, what the client's purpose needs, and last what the user passes through.
     *
     * @param clientId names the client in Kafka's logs and metrics
     * @param purpose the properties that the client's purpose needs
     */
    public Map<String, Object> client(String clientId, Map<String, ?> purpose) {
        Map<String, Object> all = new HashMap<>();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // A broker that comes back is found again within a second, not after ten.
        all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        // As large as the system finds right: Kafka's 64 KiB let the reply of a thousand symbols go in a dozen steps.
        all.put(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, CommonClientConfigs.RECEIVE_BUFFER_LOWER_BOUND);
        all.put(CommonClientConfigs.SEND_BUFFER_CONFIG, CommonClientConfigs.SEND_BUFFER_LOWER_BOUND);
        all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        registry.ifPresent(meters -> all.putAll(KafkaMeters.reportingTo(meters)));
        all.putAll(purpose);
        all.putAll(properties);
        return all;
    }
}
