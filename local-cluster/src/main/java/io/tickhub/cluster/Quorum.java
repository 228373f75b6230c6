package io.tickhub.cluster;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * The nodes of a local cluster, each broker and controller in one, and which of them a broker is. Immutable.
 *
 * @param clusterId the same in all nodes
 * @param node number of this node, from 1
 * @param controllerPorts the ports on localhost by which the nodes talk to each other, in order of their numbers
 */
record Quorum(String clusterId, int node, List<Integer> controllerPorts) {

    Quorum {
        controllerPorts = List.copyOf(controllerPorts);
    }

    /** A node that is the whole cluster. */
    static Quorum alone() {
        return new Quorum(Uuid.randomUuid().toString(), 1, List.of(Ports.free()));
    }

    int size() {
        return controllerPorts.size();
    }

    int controllerPort() {
        return controllerPorts.get(node - 1);
    }

    /** As Kafka's {@code controller.quorum.voters} has it. */
    String voters() {
        return IntStream.rangeClosed(1, size())
                .mapToObj(number -> number + "@127.0.0.1:" + controllerPorts.get(number - 1))
                .collect(Collectors.joining(","));
    }
}
