package io.tickhub.it;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.model.WhenSlow;
import java.time.Duration;

/** SUBSCRIBE with options, for the scenarios. */
final class Asking {

    private Asking() {}

    static Subscription conflated(MarketDataClient client, Duration interval, String... symbols) {
        return client.subscribe(SubscriptionRequest.to(symbols).conflate(interval));
    }

    static Subscription conflatedWhenSlow(MarketDataClient client, String... symbols) {
        return client.subscribe(SubscriptionRequest.to(symbols).whenSlow(WhenSlow.CONFLATE));
    }

    static Subscription awaited(MarketDataClient client, String... symbols) {
        return client.subscribe(SubscriptionRequest.to(symbols).awaitTopics());
    }

    static Subscription all(MarketDataClient client) {
        return client.subscribe(SubscriptionRequest.toAll());
    }
}
