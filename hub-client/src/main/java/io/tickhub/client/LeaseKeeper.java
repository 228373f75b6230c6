package io.tickhub.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the lease of a client that holds subscriptions, three times within the lease, on a thread of its own. What goes wrong is
 * tried again. Thread safe.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** While nothing is known of the lease, and after a failure. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final BooleanSupplier isHolder;
    private final Supplier<Duration> renewal;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread
     * @param isHolder whether the client holds anything
     * @param renewal renews the lease and says how long it is
     */
    LeaseKeeper(String name, BooleanSupplier isHolder, Supplier<Duration> renewal) {
        this.isHolder = isHolder;
        this.renewal = renewal;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Ends the thread, without a last renewal. */
    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(END_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = SOON;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = isHolder.getAsBoolean() ? renew() : SOON;
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("The lease is no longer renewed");
        }
    }

    private Duration renew() {
        try {
            return renewal.get().dividedBy(3);
        } catch (RequestException e) {
            LOG.debug("The lease was not renewed; trying again: {}", e.getMessage());
            return SOON;
        }
    }
}
