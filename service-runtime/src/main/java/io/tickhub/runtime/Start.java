package io.tickhub.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a service, which may wait for a broker for a long time and can be cancelled meanwhile. One thread starts, another may
 * cancel: the lock keeps the interrupt from reaching the thread after the start. Does not own the service.
 */
final class Start {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    private final Service service;
    private Thread starting;
    private boolean cancelled;

    Start(Service service) {
        this.service = service;
    }

    /**
     * Starts the service on this thread.
     *
     * @return false if it was cancelled before it had started
     * @throws RuntimeException if it cannot start
     */
    boolean run() {
        if (!begin()) {
            return false;
        }
        try {
            service.start();
            return true;
        } catch (RuntimeException e) {
            if (!isCancelled()) {
                throw e;
            }
            LOG.debug("The start was cancelled", e);
            return false;
        } finally {
            end();
        }
    }

    /** Interrupts the start if it is under way, and prevents it if it is still to come. */
    synchronized void cancel() {
        cancelled = true;
        if (starting != null) {
            starting.interrupt();
        }
    }

    private synchronized boolean begin() {
        starting = Thread.currentThread();
        return !cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** The interrupt was for the start; what follows, closing above all, must not find it. */
    private synchronized void end() {
        starting = null;
        if (cancelled) {
            var unused = Thread.interrupted();
        }
    }
}
