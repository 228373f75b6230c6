package io.tickhub.it;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.Subscription;
import io.tickhub.model.Command;
import io.tickhub.model.Delivery;
import io.tickhub.model.From;
import io.tickhub.model.Symbol;
import io.tickhub.model.WhenSlow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** SUBSCRIBE with options, for the scenarios. */
final class Asking {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private Asking() {}

    static Subscription conflated(MarketDataClient client, Duration interval, String... symbols) {
        return ask(client, symbols, false, Optional.of(interval), WhenSlow.KEEP);
    }

    static Subscription conflatedWhenSlow(MarketDataClient client, String... symbols) {
        return ask(client, symbols, false, Optional.empty(), WhenSlow.CONFLATE);
    }

    static Subscription awaited(MarketDataClient client, String... symbols) {
        return ask(client, symbols, true, Optional.empty(), WhenSlow.KEEP);
    }

    static Subscription all(MarketDataClient client) {
        return client.subscribe(Symbol.ALL.name());
    }

    private static Subscription ask(
            MarketDataClient client, String[] symbols, boolean await, Optional<Duration> conflate, WhenSlow whenSlow) {
        List<Symbol> named = Stream.of(symbols).map(Symbol::new).toList();
        return client.subscribe(
                new Command.Subscribe(
                        client.config().client(),
                        named,
                        From.live(),
                        Map.of(),
                        Delivery.FEED,
                        await,
                        conflate,
                        whenSlow),
                TIMEOUT);
    }
}
