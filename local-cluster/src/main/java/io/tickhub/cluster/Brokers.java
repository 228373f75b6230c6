package io.tickhub.cluster;

/** Some Kafka brokers that make one cluster, and what can be done to them. Nodes are numbered from 1. For one thread. */
public interface Brokers extends AutoCloseable {

    /** What a client's {@code bootstrap.servers} has to be; does not change. */
    String bootstrapServers();

    /** How many there are. */
    int size();

    /** Ends a node as a power cut would; it keeps its address and data. */
    void kill(int node);

    /** Starts a node again that was killed, and waits until it serves clients. */
    void restart(int node);

    /** Ends all nodes at once, as a power cut would. */
    default void killAll() {
        for (int node = 1; node <= size(); node++) {
            kill(node);
        }
    }

    /** Starts all nodes again that were killed, and waits until they serve clients. */
    void restartAll();

    @Override
    void close();
}
