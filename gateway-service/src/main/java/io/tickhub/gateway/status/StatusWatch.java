package io.tickhub.gateway.status;

import io.tickhub.gateway.status.SystemStatus.Gateway;
import io.tickhub.gateway.status.SystemStatus.Instance;
import io.tickhub.gateway.tape.FeedTap;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.runtime.ServiceRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers how the system does. However many ask, the cluster is asked once in {@link #FRESH}: the lock makes the others wait for that
 * answer. Thread safe; does not own the runtime.
 */
public final class StatusWatch {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final ServiceRuntime runtime;
    private final Supplier<FeedTap.State> feed;
    private final IntSupplier streams;
    private final LagReader lags;
    private final LetterReader letters;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SystemStatus> last = Optional.empty();
    private long lastNanos;

    public StatusWatch(ServiceRuntime runtime, Supplier<FeedTap.State> feed, IntSupplier streams, LagReader lags) {
        this.runtime = runtime;
        this.feed = feed;
        this.streams = streams;
        this.lags = lags;
        this.letters = new LetterReader(runtime.kafka(), runtime.admin());
    }

    /** The status, not older than a few seconds. */
    public SystemStatus status() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (last.isEmpty() || System.nanoTime() - lastNanos > FRESH.toNanos()) {
                last = Optional.of(look());
                lastNanos = System.nanoTime();
            }
            return last.get();
        } finally {
            lock.unlock();
        }
    }

    private SystemStatus look() throws InterruptedException {
        FeedTap.State state = feed.get();
        return new SystemStatus(
                Instant.now(),
                !runtime.instances().alive(Role.HUB).isEmpty(),
                instances(),
                lags.look(runtime.tickTopics().current(), state.feed()),
                letters.look(),
                new Gateway(state.isLive(), state.detail(), state.feed(), streams.getAsInt()));
    }

    private List<Instance> instances() {
        Set<String> alive = runtime.instances().alive().stream()
                .map(InstanceStatus::instance)
                .collect(Collectors.toSet());
        return runtime.services().entries().values().stream()
                .map(entry -> new Instance(
                        entry.value().instance(),
                        entry.value().role(),
                        entry.value().state(),
                        entry.value().version(),
                        entry.value().startedAt(),
                        entry.appended(),
                        alive.contains(entry.value().instance())))
                .sorted(Comparator.comparing(Instance::role).thenComparing(Instance::instance))
                .toList();
    }
}
