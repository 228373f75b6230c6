package io.tickhub.cluster;

import io.tickhub.runtime.access.Login;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Begins the properties that name a user of SCRAM, each with the password: for storage that is formatted now. */
    static final String USER = "tickhub.user.";

    private BrokerMain() {}

    @SuppressWarnings("SystemOut") // the pipe to the parent
    public static void main(String[] args) {
        try {
            Properties properties = Utils.loadProps(args[0]);
            List<String> users = takeUsers(properties);
            format(Path.of(properties.getProperty("log.dirs")), args[0], users);
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

    /** As Kafka's tool for formatting has them; Kafka itself does not know these properties. */
    private static List<String> takeUsers(Properties properties) {
        List<String> names = properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(USER))
                .sorted()
                .toList();
        return names.stream()
                .map(name -> Login.MECHANISM + "=[name=" + name.substring(USER.length()) + ",password="
                        + properties.remove(name) + "]")
                .toList();
    }

    private static void format(Path folder, String propertiesFile, List<String> users) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        List<String> arguments = new ArrayList<>(
                List.of("format", "--config", propertiesFile, "--cluster-id", System.getProperty(CLUSTER_ID)));
        users.forEach(user -> arguments.addAll(List.of("--add-scram", user)));
        int exitCode =
                StorageTool.execute(arguments.toArray(String[]::new), new PrintStream(PrintStream.nullOutputStream()));
        if (exitCode != 0) {
            throw new IllegalStateException("the storage could not be formatted");
        }
    }
}
