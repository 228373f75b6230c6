package io.tickhub.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * The program of the broker's own JVM: formats the storage at the first start, runs the server, and stops it on SIGTERM or when
 * standard input ends, so that it never outlives the process that started it.
 *
 * <p>Its first argument is the file of broker properties. A second one names a temporary data folder, which it removes when its
 * parent is gone, because nobody else will.
 *
 * <p>It prints {@link #READY} when clients are served, or {@link #FAILED} and a reason; everything else goes to the log file.
 */
public final class BrokerMain {

    static final String READY = "READY";
    static final String FAILED = "FAILED ";
    /** System property: the id of the cluster, for storage that is formatted now. */
    static final String CLUSTER_ID = "tickhub.cluster.id";

    private BrokerMain() {}

    @SuppressWarnings("SystemOut") // the pipe to the parent
    public static void main(String[] args) {
        try {
            Properties properties = Utils.loadProps(args[0]);
            format(Path.of(properties.getProperty("log.dirs")), args[0]);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            AtomicBoolean orphaned = new AtomicBoolean();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                server.shutdown();
                                if (orphaned.get() && args.length > 1) {
                                    DataFolder.remove(Path.of(args[1]));
                                }
                            },
                            "broker-stop"));
            ParentWatch.begin(() -> orphaned.set(true));
            server.startup();
            System.out.println(READY);
            server.awaitShutdown();
        } catch (IOException | RuntimeException e) {
            System.out.println(FAILED + messages(e));
            Runtime.getRuntime().halt(1);
        }
    }

    /** Kafka often says in a cause what really happened. */
    private static String messages(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(each -> String.valueOf(each.getMessage()).replaceAll("\\s+", " "))
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private static void format(Path folder, String propertiesFile) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        String[] arguments = {"format", "--config", propertiesFile, "--cluster-id", System.getProperty(CLUSTER_ID)};
        int exitCode = StorageTool.execute(arguments, new PrintStream(PrintStream.nullOutputStream()));
        if (exitCode != 0) {
            throw new IllegalStateException("the storage could not be formatted");
        }
    }
}
