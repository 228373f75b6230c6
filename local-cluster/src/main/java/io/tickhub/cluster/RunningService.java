package io.tickhub.cluster;

import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A service of the cluster from its start to its end. As in a process of its own it is closed as soon as it has ended: in a drain the
 * coordinator waits until all others have left. Owns the service. Thread safe.
 */
final class RunningService {

    private static final Duration READY_DEADLINE = Duration.ofSeconds(60);

    private final Role role;
    private final Service service;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** @param calls runs what may take long */
    RunningService(Role role, Service service, Executor calls) {
        this.role = role;
        this.service = service;
        var unused = service.ended().whenComplete((none, failure) -> {
            if (failure != null) {
                gone.completeExceptionally(ServiceFailedException.died(role, failure));
            } else {
                calls.execute(this::close);
            }
        });
    }

    /**
     * Starts the service and waits until it is ready.
     *
     * @throws ServiceFailedException if it did not start, or not in time
     */
    void start() {
        try {
            service.start();
            long deadline = System.nanoTime() + READY_DEADLINE.toNanos();
            while (!service.isReady() && !service.ended().isDone()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not ready within " + READY_DEADLINE.toSeconds() + " s");
                }
                Thread.sleep(20);
            }
            service.ended().getNow(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceFailedException.notStarted(role, e);
        } catch (RuntimeException e) {
            throw ServiceFailedException.notStarted(role, e);
        }
    }

    /** Completes when the service has ended and is closed; exceptionally, with a ServiceFailedException, at once when it died. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** Stops the service and waits until all that it owns is released. */
    void close() {
        if (!closing.compareAndSet(false, true)) {
            closed.join();
            return;
        }
        try {
            service.close();
        } finally {
            closed.complete(null);
            gone.complete(null);
        }
    }
}
