package io.tickhub.drill.rig;

import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The services as processes, each called {@code ROLE-NUMBER}, and what became of those that have ended. Owns the processes. For one
 * thread.
 */
public final class Crew implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final RigConfig config;
    private final Map<String, String> environment;
    private final CompactedTable<InstanceStatus> services;
    private final Map<String, ServiceProcess> processes = new TreeMap<>();
    private final Set<String> condemned = new HashSet<>();
    private final List<String> deaths = new ArrayList<>();

    /**
     * @param environment of every service
     * @param services tells when a service runs
     */
    Crew(RigConfig config, Map<String, String> environment, CompactedTable<InstanceStatus> services) {
        this.config = config;
        this.environment = environment;
        this.services = services;
    }

    /** Starts services, in the order of their names, and waits until each says that it runs. */
    public void start(String... names) throws InterruptedException {
        Instant began = Instant.now();
        for (String name : names) {
            launch(name);
        }
        for (String name : names) {
            awaitRunning(name, began);
        }
    }

    /** Starts a service with settings of its own, and waits until it says that it runs. */
    public void start(String name, Map<String, String> settings) throws InterruptedException {
        Instant began = Instant.now();
        launch(name, settings);
        awaitRunning(name, began);
    }

    /** Starts a service and does not wait. */
    public void launch(String name) {
        launch(name, Map.of());
    }

    private void launch(String name, Map<String, String> settings) {
        Map<String, String> own = new TreeMap<>(environment);
        own.putAll(settings);
        own.put("TICKHUB_INSTANCE", name);
        condemned.remove(name);
        processes.put(
                name,
                ServiceProcess.start(
                        role(name), own, config.jvm(), config.logs().resolve(name + ".log")));
    }

    /** The names of the processes of a role that live, in order. */
    public List<String> alive(Role role) {
        return living().filter(process -> process.role() == role)
                .map(ServiceProcess::name)
                .toList();
    }

    /** The id of a service's process. */
    public long pid(String name) {
        return processes.get(name).pid();
    }

    /** How much of the processors' time a living service has used since its start. */
    public Duration processorTime(String name) {
        return ProcessHandle.of(pid(name))
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    public void kill(String name) {
        condemned.add(name);
        processes.get(name).kill();
    }

    public void pause(String name) {
        processes.get(name).pause();
    }

    public void resume(String name) {
        processes.get(name).resume();
    }

    /** Asks a service to stop and waits; an exit code other than 0 counts as a death. */
    public void terminate(String name) throws InterruptedException {
        processes.get(name).terminate();
        awaitEnd(name, STOP);
    }

    /** Waits until a service has ended by itself; an exit code other than 0 counts as a death. */
    public void awaitEnd(String name, Duration timeout) throws InterruptedException {
        ServiceProcess process = processes.get(name);
        Await.until(name + " has ended", timeout, () -> !process.isAlive());
        condemned.add(name);
        int exitCode = process.ended().join();
        if (exitCode != 0) {
            deaths.add("%s ended with exit code %d, see %s".formatted(name, exitCode, process.log()));
        }
    }

    /** The processes that have died although nobody killed them, since this was last asked. */
    public List<String> deaths() {
        processes.forEach((name, process) -> {
            if (!process.isAlive() && condemned.add(name)) {
                deaths.add("%s died with exit code %d, see %s"
                        .formatted(name, process.ended().join(), process.log()));
            }
        });
        List<String> found = List.copyOf(deaths);
        deaths.clear();
        return found;
    }

    @Override
    public void close() {
        // All at once, and not one after the other.
        CompletableFuture<?>[] ending = living().map(process -> {
                    process.resume();
                    process.terminate();
                    return process.ended();
                })
                .toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(ending)
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
        processes.values().forEach(ServiceProcess::close);
    }

    private Stream<ServiceProcess> living() {
        return processes.values().stream()
                .filter(ServiceProcess::isAlive)
                .sorted(Comparator.comparing(ServiceProcess::name));
    }

    private void awaitRunning(String name, Instant began) throws InterruptedException {
        ServiceProcess process = processes.get(name);
        Await.until(name + " runs, see " + process.log(), START, () -> {
            if (!process.isAlive()) {
                throw new DrillException("%s ended at its start with exit code %d, see %s"
                        .formatted(name, process.ended().join(), process.log()));
            }
            return services.get(name)
                    .filter(status -> status.startedAt().isAfter(began))
                    .filter(status -> status.state() == InstanceStatus.State.RUNNING)
                    .isPresent();
        });
    }

    private static Role role(String name) {
        return Stream.of(Role.values())
                .filter(role -> name.startsWith(role.text() + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role has an instance " + name));
    }
}
