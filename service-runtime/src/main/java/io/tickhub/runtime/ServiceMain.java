package io.tickhub.runtime;

import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a service's process: start, wait for the end or for SIGTERM, close, exit code. */
public final class ServiceMain {

    /** All went well. */
    public static final int OK = 0;
    /** It could not start, or a worker died. */
    public static final int FAILED = 1;
    /** The configuration cannot be used. */
    public static final int MISCONFIGURED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final long HOLD_SECONDS = 60;

    private ServiceMain() {}

    /**
     * Runs a service until it ends.
     *
     * @param name of the service, for messages
     * @param service makes it from the environment
     * @return the exit code
     */
    public static int run(String name, Function<Map<String, String>, Service> service) {
        return run(name, service, System.getenv(), System.err);
    }

    static int run(
            String name, Function<Map<String, String>, Service> factory, Map<String, String> env, PrintStream errors) {
        Service service;
        try {
            service = factory.apply(env);
        } catch (ConfigurationException e) {
            errors.println(name + ": the configuration cannot be used:");
            e.getMessage().lines().forEach(line -> errors.println("  " + line));
            return MISCONFIGURED;
        } catch (KafkaException e) {
            // The message of a wrong client property stands in the cause.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            errors.println(name + ": a Kafka client cannot be made for the brokers "
                    + env.getOrDefault(
                            KafkaConfig.BOOTSTRAP_SERVERS.name(), KafkaConfig.BOOTSTRAP_SERVERS.defaultText())
                    + ": " + cause.getMessage());
            return cause instanceof ConfigException ? MISCONFIGURED : FAILED;
        }
        Start start = new Start(service);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicInteger exitCode = new AtomicInteger(FAILED);
        // The hook holds the JVM until everything is closed; without it SIGTERM would cut the drain off. It ends the
        // JVM itself, because after a signal the exit code would be the signal's, however well the service has ended.
        Thread hook = new Thread(
                () -> {
                    start.cancel();
                    stopAndWait(service, closed);
                    Runtime.getRuntime().halt(exitCode.get());
                },
                name + "-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            exitCode.set(serve(name, service, start, errors));
            return exitCode.get();
        } finally {
            closed.countDown();
            removeHook(hook);
        }
    }

    private static int serve(String name, Service service, Start start, PrintStream errors) {
        try (service) {
            if (!start.run()) {
                LOG.info("{} was stopped while it started", name);
                return OK;
            }
            service.ended().get();
            LOG.info("{} has ended", name);
            return OK;
        } catch (ExecutionException e) {
            LOG.error("{} died: {}", name, e.getCause().toString());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (RuntimeException e) {
            errors.println(name + ": " + (e.getMessage() == null ? e : e.getMessage()));
            LOG.debug("{} could not start", name, e);
            return FAILED;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The hook runs already", e);
        }
    }

    private static void stopAndWait(Service service, CountDownLatch closed) {
        service.stop();
        try {
            if (!closed.await(HOLD_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("Not closed within {} s; ending without", HOLD_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
