package io.tickhub.runtime;

import java.util.concurrent.CompletableFuture;

/**
 * One running instance of a producer, hub, aggregator or gateway. It owns its threads and Kafka clients and closes them all. Thread safe.
 */
public interface Service extends AutoCloseable {

    /**
     * Connects and starts the threads; returns when they run, which is before the service is ready.
     *
     * @throws RuntimeException if the cluster cannot be reached in time or its topics cannot be used; the message says why
     */
    void start();

    /** Whether it does its work now. */
    boolean isReady();

    /** Completes when the work has ended, after {@link #stop} or a drain; exceptionally when a thread died. */
    CompletableFuture<Void> ended();

    /** Asks it to finish what it accepted and to end. Returns at once. */
    void stop();

    /** Stops, waits for the end within a deadline, and releases everything. */
    @Override
    void close();
}
