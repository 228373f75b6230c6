package io.tickhub.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Chooses where log lines go. To be called before the first logger is made: Logback reads its configuration once.
 *
 * <p>A configuration that the user named with {@code -Dlogback.configurationFile} wins.
 */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String QUIET = "io/tickhub/cli/quiet-logback.xml";

    private Logging() {}

    /** Warnings on standard error, nothing else. */
    static void quiet() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, QUIET);
        }
    }

    /** The services' warnings on standard error, and the tables of statistics on standard output. */
    static void ofServices() {
        if (QUIET.equals(System.getProperty(CONFIGURATION))) {
            System.setProperty(CONFIGURATION, "io/tickhub/cli/up-logback.xml");
        }
    }

    /** The same, and everything into a file. */
    static void ofServices(Path file) {
        if (QUIET.equals(System.getProperty(CONFIGURATION))) {
            System.setProperty(CONFIGURATION, "io/tickhub/cli/up-file-logback.xml");
            System.setProperty("tickhub.log", file.toString());
        }
    }

    /** Nothing of what Kafka's clients say of connections: the command itself tells what failed, in one sentence. */
    static void withoutKafkaWarnings() {
        if (QUIET.equals(System.getProperty(CONFIGURATION))
                && LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka) {
            kafka.setLevel(Level.ERROR);
            // These log as errors what is denied, each time.
            for (String name : new String[] {"Metadata", "NetworkClient"}) {
                if (LoggerFactory.getLogger("org.apache.kafka.clients." + name) instanceof Logger told) {
                    told.setLevel(Level.OFF);
                }
            }
        }
    }

    /** Nothing at all: the command breaks things on purpose, and itself tells what came of it. */
    static void silent() {
        if (QUIET.equals(System.getProperty(CONFIGURATION))
                && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }
}
