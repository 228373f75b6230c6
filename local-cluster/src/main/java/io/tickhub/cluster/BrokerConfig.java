package io.tickhub.cluster;

import io.tickhub.model.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a local broker listens and what it keeps. Immutable.
 *
 * @param port of the listener on localhost; 0 takes a free one
 * @param folder where the data stays between runs; empty: a temporary folder, removed at the end
 * @param jvm of the broker
 * @param users the system for whose users it has passwords; empty: it asks nobody who he is
 * @param properties broker properties that win over the defaults
 */
public record BrokerConfig(
        int port, Optional<Path> folder, JvmOptions jvm, Optional<Topics> users, Map<String, String> properties) {

    private static final JvmOptions JVM = JvmOptions.quickInTheLongRun(512);
    private static final int LEAST_HEAP_MEGABYTES = 128;

    /** @throws IllegalArgumentException if a number is out of range */
    public BrokerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 0 to 65535");
        }
        if (jvm.heapMegabytes() < LEAST_HEAP_MEGABYTES) {
            throw new IllegalArgumentException("a broker needs a heap of at least " + LEAST_HEAP_MEGABYTES + " MB");
        }
        properties = Map.copyOf(properties);
    }

    /** A throw-away broker on a free port. */
    public static BrokerConfig ephemeral() {
        return new BrokerConfig(0, Optional.empty(), JVM, Optional.empty(), Map.of());
    }

    /** A broker on a free port whose data stays in {@code folder}. */
    public static BrokerConfig keptIn(Path folder) {
        return new BrokerConfig(0, Optional.of(folder), JVM, Optional.empty(), Map.of());
    }

    public BrokerConfig withPort(int newPort) {
        return new BrokerConfig(newPort, folder, jvm, users, properties);
    }

    public BrokerConfig withJvm(JvmOptions newJvm) {
        return new BrokerConfig(port, folder, newJvm, users, properties);
    }

    /** Asking everybody for a password, and allowing nothing that was not given. */
    public BrokerConfig withUsersOf(Topics system) {
        return new BrokerConfig(port, folder, jvm, Optional.of(system), properties);
    }

    /** With one broker property more, as in Kafka's {@code server.properties}. */
    public BrokerConfig withProperty(String name, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(name, value);
        return new BrokerConfig(port, folder, jvm, users, more);
    }
}
