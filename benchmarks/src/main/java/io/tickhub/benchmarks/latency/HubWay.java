package io.tickhub.benchmarks.latency;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import java.time.Duration;

/**
 * By a hub, over hub-client. Immutable; does not own the client.
 *
 * @param client subscribes anew each time
 * @param request of all symbols, live
 */
record HubWay(MarketDataClient client, SubscriptionRequest request) implements Way {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Override
    public Reading begin(TickAges ages) {
        Subscription subscription = client.subscribe(request);
        Thread.ofPlatform().daemon().name("hub-subscriber").start(() -> take(subscription, ages));
        return subscription::close;
    }

    private static void take(Subscription subscription, TickAges ages) {
        while (!subscription.isEnded()) {
            subscription.next(PATIENCE).ifPresent(event -> {
                if (event instanceof MarketEvent.FeedTick tick) {
                    ages.add(tick.timestamp());
                }
            });
        }
    }
}
