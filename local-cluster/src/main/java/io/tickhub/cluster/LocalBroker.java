package io.tickhub.cluster;

import io.tickhub.runtime.access.PrivateFile;
import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A real Kafka broker (KRaft, without encryption, reachable from this machine only) in a JVM of its own.
 *
 * <p>It owns the child process, which ends by itself when this process dies, and the data folder. Thread safe; a call waits for the
 * one before it.
 */
public final class LocalBroker implements AutoCloseable {

    private final BrokerConfig config;
    private final int port;
    private final DataFolder folder;
    private final Supplier<Quorum> quorum;
    private final Optional<BrokerLogins> logins;
    private BrokerProcess process;

    private LocalBroker(BrokerConfig config, int port, DataFolder folder, Supplier<Quorum> quorum) {
        this.config = config;
        this.port = port;
        this.folder = folder;
        this.quorum = quorum;
        this.logins = config.users().map(system -> BrokerLogins.in(folder, system, bootstrapServers()));
        this.process = startProcess();
    }

    /**
     * Starts a broker and waits until it serves clients.
     *
     * @throws ConfigurationException if the port is taken, or the folder cannot be written or is in use
     * @throws BrokerFailedException if the broker did not start; nothing is left behind
     */
    public static LocalBroker start(BrokerConfig config) {
        return start(config, Quorum::alone);
    }

    /**
     * Starts a broker that is a node of a cluster.
     *
     * @param quorum asked at each start
     */
    static LocalBroker start(BrokerConfig config, Supplier<Quorum> quorum) {
        int port = config.port() == 0 ? Ports.free() : config.port();
        if (config.folder().filter(Files::exists).isEmpty()) {
            requireFree(port);
        }
        DataFolder folder = DataFolder.open(config.folder());
        try {
            requireFree(port);
            requireSameKind(config, folder);
            return new LocalBroker(config, port, folder, quorum);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** What a client's {@code bootstrap.servers} has to be. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** The users that it has from the beginning, if it asks for passwords. */
    public Optional<BrokerLogins> logins() {
        return logins;
    }

    /** Where the data lies. */
    public Path folder() {
        return folder.path();
    }

    /** Completes when the broker's process has ended: after {@link #kill}, {@link #close}, or because it died. */
    public synchronized CompletableFuture<Void> ended() {
        return process.ended();
    }

    /** What the broker's log says last of why it ended. */
    public synchronized String reason() {
        return process.reason() + folder.logHint();
    }

    /** Ends the broker as a power cut would. Port and folder stay reserved for {@link #restart}. */
    public synchronized void kill() {
        process.kill();
    }

    /** Halts the broker in the middle of whatever it does, as SIGSTOP does. */
    public synchronized void pause() {
        process.pause();
    }

    /** Lets the broker go on after {@link #pause}. */
    public synchronized void resume() {
        process.resume();
    }

    /** Stops the broker if it still runs, and starts it again on the same port and data. */
    public synchronized void restart() {
        process.stop();
        process = startProcess();
    }

    /** What it has logged; with a temporary folder it is gone when the broker is closed. */
    Path log() {
        return folder.brokerLog();
    }

    /** Stops the broker and gives its folder free; a temporary one is removed. */
    @Override
    public synchronized void close() {
        process.stop();
        folder.close();
    }

    private BrokerProcess startProcess() {
        Quorum nodes = quorum.get();
        Map<String, String> settings = BrokerSettings.of(port, nodes, folder.kafka(), logins, config.properties());
        try {
            PrivateFile.write(folder.brokerProperties(), List.of(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder.path() + " cannot be written", e);
        }
        try {
            return BrokerProcess.start(folder, nodes.clusterId(), config.jvm());
        } catch (BrokerFailedException e) {
            throw new BrokerFailedException(e.getMessage() + folder.logHint());
        }
    }

    /** Users are made when the storage is formatted; and what asked for passwords yesterday must not be open to all today. */
    private static void requireSameKind(BrokerConfig config, DataFolder folder) {
        boolean hasPasswords = Files.exists(folder.logins());
        if (config.users().isPresent() && folder.isFormatted() && !hasPasswords) {
            throw new ConfigurationException(List.of("the data in " + folder.path()
                    + " was made without --secure and has no passwords; choose another folder with --data"));
        }
        if (config.users().isEmpty() && hasPasswords) {
            throw new ConfigurationException(List.of("the data in " + folder.path()
                    + " was made with --secure and would be open to all; start with --secure, or choose another folder"
                    + " with --data"));
        }
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new ConfigurationException(
                    List.of(
                            "port " + port
                                    + " on localhost is taken; stop the program that listens there or choose another port with --port"));
        }
    }
}
