package io.tickhub.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Local brokers, each in a JVM of its own with a temporary data folder, that make one cluster. Owns them. For one thread. */
public final class LocalBrokers implements Brokers {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBrokers.class);

    private final List<LocalBroker> nodes;
    private final Path logs;

    private LocalBrokers(List<LocalBroker> nodes, Path logs) {
        this.nodes = nodes;
        this.logs = logs;
    }

    /**
     * Starts a cluster of so many nodes on free ports and waits until all serve clients.
     *
     * @param jvm of each
     * @param logs the folder where their logs are left at the end
     * @throws BrokerFailedException if one did not start; nothing is left behind
     */
    public static LocalBrokers start(int size, JvmOptions jvm, Path logs) {
        String clusterId = Uuid.randomUuid().toString();
        List<Integer> controllerPorts =
                Stream.generate(Ports::free).distinct().limit(size).toList();
        // A node serves nobody before most of them are there.
        List<CompletableFuture<LocalBroker>> starting = IntStream.rangeClosed(1, size)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> LocalBroker.start(
                                BrokerConfig.ephemeral().withJvm(jvm),
                                () -> new Quorum(clusterId, number, controllerPorts)),
                        Thread::startVirtualThread))
                .toList();
        try {
            return new LocalBrokers(
                    starting.stream().map(CompletableFuture::join).toList(), logs);
        } catch (CompletionException e) {
            starting.forEach(LocalBrokers::closeWhenStarted);
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(LocalBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public void kill(int node) {
        node(node).kill();
    }

    @Override
    public void restart(int node) {
        node(node).restart();
    }

    @Override
    public void killAll() {
        together(LocalBroker::kill);
    }

    @Override
    public void restartAll() {
        together(LocalBroker::restart);
    }

    @Override
    public void close() {
        for (int node = 1; node <= size(); node++) {
            keepLog(node);
        }
        together(LocalBroker::close);
    }

    private void keepLog(int node) {
        Path kept = logs.resolve("broker-" + node + "-of-" + size() + ".log");
        try {
            Files.copy(node(node).log(), kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The log of a broker could not be copied to {}: {}", kept, e.toString());
        }
    }

    private LocalBroker node(int number) {
        return nodes.get(number - 1);
    }

    private void together(Consumer<LocalBroker> action) {
        Function<LocalBroker, CompletableFuture<Void>> begin =
                broker -> CompletableFuture.runAsync(() -> action.accept(broker), Thread::startVirtualThread);
        CompletableFuture.allOf(nodes.stream().map(begin).toArray(CompletableFuture[]::new))
                .join();
    }

    private static void closeWhenStarted(CompletableFuture<LocalBroker> starting) {
        try {
            starting.join().close();
        } catch (CompletionException notStarted) {
            // It has tidied up by itself.
        }
    }
}
