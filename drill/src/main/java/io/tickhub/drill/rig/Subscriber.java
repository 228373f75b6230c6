package io.tickhub.drill.rig;

import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.MarketListener;
import io.tickhub.client.Subscription;
import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A user of the client library who reads all that comes and notes when, and what is missing. Thread safe. Owns a client. */
public final class Subscriber implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final MarketDataClient client;
    private final Freshness freshness;
    private final Map<Symbol, Long> reached = new ConcurrentHashMap<>();
    private final AtomicLong missing = new AtomicLong();
    private volatile boolean broken;

    private Subscriber(String name, MarketDataClient client, Freshness freshness) {
        this.name = name;
        this.client = client;
        this.freshness = freshness;
    }

    static Subscriber connect(String name, KafkaConfig kafka, Freshness freshness) {
        ClientConfig config =
                ClientConfig.of(kafka).withClient(new ClientId(name)).withRequestTimeout(REQUEST_TIMEOUT);
        return new Subscriber(name, MarketDataClient.connect(config), freshness);
    }

    /** Subscribes and reads from now on, on a thread of its own. */
    public Subscription subscribe(List<Symbol> symbols) {
        return client.subscribe(
                new Notes(), symbols.stream().map(Symbol::toString).toArray(String[]::new));
    }

    public String name() {
        return name;
    }

    public MarketDataClient client() {
        return client;
    }

    /** The offset before which everything of a symbol came; -1 if nothing has. */
    public long reached(Symbol symbol) {
        return reached.getOrDefault(symbol, -1L);
    }

    /** Offsets that the client library announced as missing. */
    public long missing() {
        return missing.get();
    }

    /** Whether a feed broke. */
    public boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        client.close();
    }

    static String line(Symbol symbol) {
        return "feed of " + symbol;
    }

    private final class Notes implements MarketListener {

        @Override
        public void onEvent(MarketEvent event) {
            reached.put(event.symbol(), event.covers().to());
            switch (event) {
                case MarketEvent.FeedTick tick -> freshness.arrived(line(tick.symbol()), tick.timestamp());
                case MarketEvent.Hole hole ->
                    missing.addAndGet(hole.covers().to() - hole.covers().from());
                case MarketEvent.Gap gap ->
                    missing.addAndGet(gap.covers().to() - gap.covers().from());
                default -> {
                    // Nothing is missing.
                }
            }
        }

        @Override
        public void onFailure(RuntimeException failure) {
            broken = true;
        }
    }
}
