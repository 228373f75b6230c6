package io.tickhub.client;

import io.tickhub.model.ClientId;
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

/**
 * What to subscribe to, and how: every tick from now on through the client's feed, unless it is said otherwise. Immutable; the
 * methods give changed copies.
 *
 * <pre>{@code
 * SubscriptionRequest.to("AAPL", "MSFT").from(new From.Last(100)).direct()
 * SubscriptionRequest.toAll().conflate(Duration.ofMillis(250))
 * }</pre>
 *
 * <p>Each method throws {@link IllegalArgumentException} for what is out of range or does not go together: conflation, waiting for
 * topics, all symbols and {@link #whenSlow} are the hub's work and need a feed.
 */
public final class SubscriptionRequest {

    /** To find a mistake where it is made, not where the request is used. */
    private static final ClientId ANY = new ClientId("any");

    private final List<Symbol> symbols;
    private final From from;
    private final Map<Symbol, Long> offsets;
    private final Delivery delivery;
    private final boolean awaiting;
    private final Optional<Duration> conflate;
    private final WhenSlow whenSlow;

    private SubscriptionRequest(
            List<Symbol> symbols,
            From from,
            Map<Symbol, Long> offsets,
            Delivery delivery,
            boolean awaiting,
            Optional<Duration> conflate,
            WhenSlow whenSlow) {
        this.symbols = List.copyOf(symbols);
        this.from = from;
        this.offsets = Map.copyOf(offsets);
        this.delivery = delivery;
        this.awaiting = awaiting;
        this.conflate = conflate;
        this.whenSlow = whenSlow;
        var unused = command(ANY);
    }

    /** To these symbols. */
    public static SubscriptionRequest to(String... symbols) {
        return to(Stream.of(symbols).map(Symbol::new).toList());
    }

    /** To these symbols. */
    public static SubscriptionRequest to(List<Symbol> symbols) {
        return new SubscriptionRequest(
                symbols, From.live(), Map.of(), Delivery.FEED, false, Optional.empty(), WhenSlow.KEEP);
    }

    /** To all symbols, also those that are still to come. */
    public static SubscriptionRequest toAll() {
        return to(List.of(Symbol.ALL));
    }

    /**
     * To the symbols of a subscription of before, where it was.
     *
     * @param positions {@link Subscription#positions} of then
     */
    public static SubscriptionRequest resuming(Map<Symbol, Long> positions) {
        return to(positions.keySet().stream().sorted().toList()).offsets(positions);
    }

    /** Beginning there, where {@link #offsets} says nothing else. */
    public SubscriptionRequest from(From start) {
        return new SubscriptionRequest(symbols, start, offsets, delivery, awaiting, conflate, whenSlow);
    }

    /** Single symbols beginning at offsets; what this client's id has left open to one of them in a feed ends there. */
    public SubscriptionRequest offsets(Map<Symbol, Long> starts) {
        return new SubscriptionRequest(symbols, from, starts, delivery, awaiting, conflate, whenSlow);
    }

    /** Read by the client from the symbols' own topics; the hub only says where the ranges begin, and makes no copies. */
    public SubscriptionRequest direct() {
        return new SubscriptionRequest(symbols, from, offsets, Delivery.DIRECT, awaiting, conflate, whenSlow);
    }

    /** Also to symbols that have no topic yet: their ranges begin with the first record. */
    public SubscriptionRequest awaitTopics() {
        return new SubscriptionRequest(symbols, from, offsets, delivery, true, conflate, whenSlow);
    }

    /**
     * At most one tick, the latest, of each symbol in so much time.
     *
     * @param interval 10 ms to one hour
     */
    public SubscriptionRequest conflate(Duration interval) {
        return new SubscriptionRequest(symbols, from, offsets, delivery, awaiting, Optional.of(interval), whenSlow);
    }

    /** What becomes of ticks while this client is far behind. */
    public SubscriptionRequest whenSlow(WhenSlow choice) {
        return new SubscriptionRequest(symbols, from, offsets, delivery, awaiting, conflate, choice);
    }

    /** The command that a client sends. */
    Command.Subscribe command(ClientId client) {
        return new Command.Subscribe(client, symbols, from, offsets, delivery, awaiting, conflate, whenSlow);
    }
}
