package io.tickhub.it;

import io.tickhub.cluster.Brokers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka nodes in containers that make one cluster. Their ports on this machine are fixed, so that a node that is killed and started
 * again has its old address. For one thread. Owns the containers and their network.
 */
final class ContainerBrokers implements Brokers {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int HOST_LISTENER = 9092;

    /** They live for minutes, several on a small machine: to compile them well would take it up for most of that time. */
    private static final String QUICK_TO_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final Network network = Network.newNetwork();
    private final List<Integer> ports;
    private final List<GenericContainer<?>> nodes;

    private ContainerBrokers(int size) {
        String clusterId = Uuid.randomUuid().toString();
        ports = Stream.generate(ContainerBrokers::freePort)
                .distinct()
                .limit(size)
                .toList();
        nodes = IntStream.rangeClosed(1, size)
                .<GenericContainer<?>>mapToObj(number -> node(number, clusterId))
                .toList();
    }

    static ContainerBrokers start(int size) {
        ContainerBrokers brokers = new ContainerBrokers(size);
        try {
            Startables.deepStart(brokers.nodes).join();
            return brokers;
        } catch (RuntimeException e) {
            brokers.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public void kill(int node) {
        DockerClientFactory.lazyClient().killContainerCmd(id(node)).exec();
    }

    @Override
    public void restart(int node) {
        DockerClientFactory.lazyClient().startContainerCmd(id(node)).exec();
    }

    @Override
    public void restartAll() {
        for (int node = 1; node <= size(); node++) {
            restart(node);
        }
    }

    @Override
    public void close() {
        nodes.forEach(GenericContainer::stop);
        network.close();
    }

    private String id(int node) {
        return nodes.get(node - 1).getContainerId();
    }

    private GenericContainer<?> node(int number, String clusterId) {
        GenericContainer<?> node = new GenericContainer<>(DockerImageName.parse(SharedBroker.IMAGE))
                .withNetwork(network)
                .withNetworkAliases("kafka-" + number)
                .withEnv(environment(number, clusterId))
                .withStartupTimeout(START)
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
        node.setPortBindings(List.of("127.0.0.1:" + ports.get(number - 1) + ":" + HOST_LISTENER));
        return node;
    }

    private Map<String, String> environment(int number, String clusterId) {
        String replicas = Integer.toString(Math.min(3, ports.size()));
        String leastInSync = ports.size() < 3 ? "1" : "2";
        String voters = IntStream.rangeClosed(1, ports.size())
                .mapToObj(node -> node + "@kafka-" + node + ":9093")
                .collect(Collectors.joining(","));
        Map<String, String> all = new HashMap<>(SharedBroker.settings());
        all.putAll(Map.of(
                "CLUSTER_ID",
                clusterId,
                "KAFKA_NODE_ID",
                Integer.toString(number),
                "KAFKA_PROCESS_ROLES",
                "broker,controller",
                "KAFKA_CONTROLLER_QUORUM_VOTERS",
                voters,
                "KAFKA_CONTROLLER_LISTENER_NAMES",
                "CONTROLLER",
                "KAFKA_INTER_BROKER_LISTENER_NAME",
                "INSIDE",
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                "INSIDE:PLAINTEXT,HOST:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "KAFKA_LISTENERS",
                "INSIDE://:19092,HOST://:" + HOST_LISTENER + ",CONTROLLER://:9093",
                "KAFKA_ADVERTISED_LISTENERS",
                "INSIDE://kafka-" + number + ":19092,HOST://localhost:" + ports.get(number - 1)));
        all.putAll(Map.of(
                "KAFKA_MIN_INSYNC_REPLICAS", leastInSync,
                "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", replicas,
                "KAFKA_OFFSETS_TOPIC_SEGMENT_BYTES", "1048576",
                "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", replicas,
                "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", leastInSync,
                "KAFKA_JVM_PERFORMANCE_OPTS", QUICK_TO_START));
        return all;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
