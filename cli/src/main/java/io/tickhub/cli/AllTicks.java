package io.tickhub.cli;

import io.tickhub.client.FeedException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.RequestException;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The live ticks of all symbols, for as long as somebody looks: a subscription that has ended, as one does whose client stood still for
 * longer than its lease, is made again. For one thread. Owns the subscription, not the client.
 */
final class AllTicks implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final MarketDataClient client;
    private final SubscriptionRequest request;
    private final Runnable interrupted;
    private Subscription subscription;
    private boolean broken;
    private String trouble = "";
    private long triedNanos;

    /**
     * Subscribes.
     *
     * @param conflate at most one tick of each symbol in so much time
     * @param interrupted told whenever ticks may have been missed
     * @throws RequestException if the hub does not do it
     */
    AllTicks(MarketDataClient client, Duration conflate, Runnable interrupted) {
        this.client = client;
        this.request = SubscriptionRequest.toAll().conflate(conflate);
        this.interrupted = interrupted;
        this.subscription = client.subscribe(request, TIMEOUT);
        this.triedNanos = System.nanoTime() - RETRY_NANOS;
    }

    /** Waits for the next event; empty if none came in time. Subscribes again where that is needed, at most once a second. */
    Optional<MarketEvent> next(Duration wait) {
        if (!broken && !subscription.isEnded()) {
            return nextOf(wait);
        }
        if (System.nanoTime() - triedNanos < RETRY_NANOS) {
            pause(wait);
        } else {
            subscribeAgain();
        }
        return Optional.empty();
    }

    private Optional<MarketEvent> nextOf(Duration wait) {
        try {
            return subscription.next(wait);
        } catch (FeedException e) {
            // The feed of a client that holds nothing any longer is deleted.
            broken = true;
            return Optional.empty();
        }
    }

    /** Why there are no ticks; empty if there is no reason for that. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void subscribeAgain() {
        subscription.close();
        interrupted.run();
        try {
            subscription = client.subscribe(request, TIMEOUT);
            broken = false;
            trouble = "";
        } catch (RequestException e) {
            trouble = "prices stand still: " + e.getMessage();
        }
        triedNanos = System.nanoTime();
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
