package io.tickhub.client;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a subscription's events and tells them to its listener, until the subscription has ended. */
final class ListenerThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerThread.class);

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Subscription subscription;
    private final MarketListener listener;

    private ListenerThread(Subscription subscription, MarketListener listener) {
        this.subscription = subscription;
        this.listener = listener;
    }

    static void start(Subscription subscription, MarketListener listener) {
        Thread.ofPlatform()
                .daemon()
                .name("tickhub-listener-" + subscription.symbols().getFirst())
                .start(new ListenerThread(subscription, listener));
    }

    @Override
    public void run() {
        try {
            while (!subscription.isEnded()) {
                Optional<MarketEvent> event = subscription.next(WAIT);
                event.ifPresent(listener::onEvent);
            }
            listener.onEnd();
        } catch (RuntimeException e) {
            LOG.error("The listener of {} ended", subscription.symbols(), e);
            subscription.close();
            listener.onFailure(e);
        }
    }
}
