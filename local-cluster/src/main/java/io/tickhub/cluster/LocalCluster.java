package io.tickhub.cluster;

import io.tickhub.gateway.GatewayConfig;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.access.Accounts;
import io.tickhub.runtime.access.Acls;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole system on this machine: a broker in a JVM of its own, and the services in this one.
 *
 * <p>It owns the broker and the services. For one thread, except {@link #ended}.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration SYMBOL_DEADLINE = Duration.ofSeconds(3);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(20);

    private final LocalBroker broker;
    private final KafkaConfig kafka;
    private final OptionalInt webPort;
    private final List<RunningService> services = new ArrayList<>();
    private final ExecutorService calls = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-cluster");
        thread.setDaemon(true);
        return thread;
    });

    private LocalCluster(LocalBroker broker, KafkaConfig kafka, OptionalInt webPort) {
        this.broker = broker;
        this.kafka = kafka;
        this.webPort = webPort;
    }

    /**
     * Starts the broker, then all services, and waits until every one is ready.
     *
     * @param brokerConfig the broker
     * @param environment the services' environment variables; address and instance names are added
     * @param parts the services
     * @throws ConfigurationException if a service's configuration, the port or the folder cannot be used
     * @throws BrokerFailedException if the broker did not start
     * @throws ServiceFailedException if a service did not start, or the calling thread was interrupted; nothing is left running
     */
    public static LocalCluster start(BrokerConfig brokerConfig, Map<String, String> environment, List<Part> parts) {
        BrokerConfig fixed = brokerConfig.port() == 0 ? brokerConfig.withPort(Ports.free()) : brokerConfig;
        Map<String, String> base = new HashMap<>(environment);
        base.put(KafkaConfig.BOOTSTRAP_SERVERS.name(), "localhost:" + fixed.port());
        OptionalInt webPort = webPort(parts, base);
        webPort.ifPresent(port -> base.put(GatewayConfig.PORT.name(), Integer.toString(port)));
        // Mistakes are told before anything is started; passwords are there only after it.
        var unused = configure(parts, base, role -> Map.of());
        KafkaConfig kafka = kafka(base);

        LocalBroker broker = LocalBroker.start(fixed);
        Optional<BrokerLogins> logins = broker.logins();
        LocalCluster cluster = new LocalCluster(
                broker, logins.map(users -> kafka.with(users.admin())).orElse(kafka), webPort);
        try {
            logins.ifPresent(users -> cluster.giveRights());
            List<Supplier<? extends Service>> factories =
                    configure(parts, base, role -> logins.map(users -> KafkaConfig.environment(users.of(role)))
                            .orElse(Map.of()));
            for (int i = 0; i < parts.size(); i++) {
                cluster.services.add(
                        new RunningService(parts.get(i).role(), factories.get(i).get(), cluster.calls));
            }
            cluster.startServices();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public LocalBroker broker() {
        return broker;
    }

    public KafkaConfig kafka() {
        return kafka;
    }

    /** Port of the web page; empty if there is none. */
    public OptionalInt webPort() {
        return webPort;
    }

    /** One of the symbols that have a topic; empty if none has one within a moment. */
    public Optional<Symbol> anySymbol() {
        long deadline = System.nanoTime() + SYMBOL_DEADLINE.toNanos();
        try (Admin admin = Admin.create(kafka.client("local-cluster-admin", Map.of()))) {
            while (System.nanoTime() < deadline) {
                Optional<Symbol> found =
                        admin.listTopics().names().get(SYMBOL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).stream()
                                .flatMap(topic -> kafka.topics().symbol(topic).stream())
                                .min(Comparator.naturalOrder());
                if (found.isPresent()) {
                    return found;
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whether the broker is well is not this method's business.
        }
        return Optional.empty();
    }

    /**
     * Completes when all services have ended by themselves, because somebody shut the system down; exceptionally, with one sentence
     * for the user, as soon as the broker or a service has died.
     */
    public CompletableFuture<Void> ended() {
        List<CompletableFuture<Void>> all =
                services.stream().map(RunningService::gone).toList();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        for (CompletableFuture<Void> one : all) {
            failWith(one, ended);
        }
        if (!all.isEmpty()) {
            var unused = together(all).thenRun(() -> ended.complete(null));
        }
        failWithBroker(ended);
        return ended;
    }

    /**
     * Shuts the system down as {@code ./tickhub shutdown} does: the producers stop and flush, everything published is consumed, then
     * all services end. To be closed afterwards.
     *
     * @throws ServiceFailedException if that was not done in time, or something died meanwhile
     */
    public void drain(Duration timeout) {
        CompletableFuture<Void> ended = ended();
        if (services.isEmpty()) {
            return;
        }
        try {
            DrainRequest.send(kafka, timeout);
            ended.get(timeout.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ServiceFailedException("the services had not drained within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw asRuntimeException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceFailedException("the drain was interrupted", e);
        }
    }

    /** Stops all services, then the broker. */
    @Override
    public void close() {
        // Without a broker each would wait for it until its deadline: let them wait together.
        List<CompletableFuture<Void>> closing = services.stream()
                .map(service -> CompletableFuture.runAsync(service::close, calls))
                .toList();
        try {
            together(closing).get(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Their threads are daemons' business now; the broker must not stay.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            broker.close();
            calls.shutdownNow();
        }
    }

    private static KafkaConfig kafka(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        return settings.build(() -> KafkaConfig.from(settings));
    }

    private static OptionalInt webPort(List<Part> parts, Map<String, String> environment) {
        if (parts.stream().noneMatch(part -> part.role() == Role.GATEWAY)) {
            return OptionalInt.empty();
        }
        int wanted = GatewayConfig.fromEnv(environment).web().port();
        if (wanted > 0 && !Ports.isFree(wanted)) {
            throw new ConfigurationException(
                    List.of(
                            "port " + wanted
                                    + " is taken by another program: --web-port names another one for the web page, --no-web does without"));
        }
        return OptionalInt.of(wanted == 0 ? Ports.free() : wanted);
    }

    /** To the users that services have; again at each start, for a later version may need others. */
    private void giveRights() {
        try (Admin admin = Admin.create(kafka.client("local-cluster-rights", Map.of()))) {
            Accounts accounts = new Accounts(admin);
            for (Role role : Role.values()) {
                accounts.allow(Acls.of(role, kafka.topics()));
            }
        }
    }

    private static List<Supplier<? extends Service>> configure(
            List<Part> parts, Map<String, String> base, Function<Role, Map<String, String>> additions) {
        List<Supplier<? extends Service>> factories = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Part part : parts) {
            Map<String, String> environment = new HashMap<>(base);
            environment.putAll(additions.apply(part.role()));
            environment.put(RuntimeConfig.INSTANCE.name(), part.role().text() + "-local");
            int place = parts.indexOf(part);
            environment.computeIfPresent(RuntimeConfig.HTTP_PORT.name(), (name, port) -> port(port, place));
            try {
                factories.add(part.configure().apply(environment));
            } catch (ConfigurationException e) {
                e.getMessage().lines().filter(line -> !mistakes.contains(line)).forEach(mistakes::add);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return factories;
    }

    /** One variable gives the port of the first service; the others take those that follow. */
    private static String port(String first, int place) {
        return first.matches("[1-9]\\d{0,4}") ? Integer.toString(Integer.parseInt(first) + place) : first;
    }

    private void startServices() {
        List<CompletableFuture<Void>> starting = services.stream()
                .map(service -> CompletableFuture.runAsync(service::start, calls))
                .toList();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (CompletableFuture<Void> one : starting) {
            failWith(one, failed);
        }
        failWithBroker(failed);
        try {
            CompletableFuture.anyOf(failed, together(starting)).get();
        } catch (ExecutionException e) {
            throw asRuntimeException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceFailedException("the start was interrupted", e);
        }
    }

    private static void failWith(CompletableFuture<Void> one, CompletableFuture<Void> all) {
        var unused = one.whenComplete((none, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            }
        });
    }

    private void failWithBroker(CompletableFuture<Void> future) {
        var unused = broker.ended()
                .thenRun(() -> future.completeExceptionally(
                        new BrokerFailedException("the broker has died: " + broker.reason())));
    }

    private static CompletableFuture<Void> together(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    private static RuntimeException asRuntimeException(Throwable wrapped) {
        Throwable failure = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
