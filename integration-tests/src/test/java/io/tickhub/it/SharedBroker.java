package io.tickhub.it;

import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The one broker of all scenarios: a container where Docker answers, else a local JVM; the log says which. {@code
 * TICKHUB_TEST_BROKER} decides otherwise: {@code container}, {@code local}, or the {@code host:port} of a broker that runs already.
 * Scenarios are kept apart by topic prefixes. It lives as long as the test JVM.
 */
final class SharedBroker {

    private static final Logger LOG = LoggerFactory.getLogger(SharedBroker.class);
    static final String IMAGE = "apache/kafka:4.3.1";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Running BROKER = start();

    /** What the broker runs in. */
    private enum Kind {
        CONTAINER,
        LOCAL,
        GIVEN
    }

    private record Running(String bootstrapServers, Kind kind) {}

    private SharedBroker() {}

    static String bootstrapServers() {
        return BROKER.bootstrapServers();
    }

    private static Running start() {
        String wanted = System.getenv().getOrDefault("TICKHUB_TEST_BROKER", "auto");
        return switch (wanted) {
            case "container" -> startContainer();
            case "local" -> startLocal("as TICKHUB_TEST_BROKER says");
            case "auto" -> startWhatCanBeHad();
            default -> tell("the broker that TICKHUB_TEST_BROKER names", wanted, Kind.GIVEN);
        };
    }

    private static Running startWhatCanBeHad() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return startLocal("Docker does not answer");
        }
        try {
            return startContainer();
        } catch (RuntimeException e) {
            LOG.warn("Docker answers, but no container of {} could be started", IMAGE, e);
            return startLocal("no container could be started");
        }
    }

    private static Running tell(String broker, String servers, Kind kind) {
        LOG.info("The scenarios run against {} at {}", broker, servers);
        return new Running(servers, kind);
    }

    private static Running startLocal(String why) {
        LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral().withPort(0));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "shared-broker-stop"));
        return tell("a local broker (" + why + ")", broker.bootstrapServers(), Kind.LOCAL);
    }

    /** Whether other brokers are to be containers too. */
    static boolean isContainer() {
        return BROKER.kind() == Kind.CONTAINER;
    }

    /** The same settings as the local broker's and those of docker-compose.yml. */
    static Map<String, String> settings() {
        return Map.of(
                "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                "KAFKA_LOG_MESSAGE_TIMESTAMP_TYPE", "LogAppendTime",
                "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "10",
                "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "10",
                "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
                "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000",
                "KAFKA_HEAP_OPTS", "-Xmx512m");
    }

    @SuppressWarnings("resource")
    private static Running startContainer() {
        KafkaContainer broker =
                new KafkaContainer(IMAGE).withStartupTimeout(START_TIMEOUT).withEnv(settings());
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "shared-broker-stop"));
        return tell("a container of " + IMAGE, broker.getBootstrapServers(), Kind.CONTAINER);
    }
}
