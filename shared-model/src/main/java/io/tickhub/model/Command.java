package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client asks of the hub: the value of a record on {@code commands}, or on {@code admin-commands} for {@link Shutdown}.
 * The JSON field {@code type} names the kind.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Subscribe.class, name = "SUBSCRIBE"),
    @JsonSubTypes.Type(value = Command.Unsubscribe.class, name = "UNSUBSCRIBE"),
    @JsonSubTypes.Type(value = Command.Renew.class, name = "RENEW"),
    @JsonSubTypes.Type(value = Command.GetStats.class, name = "GET_STATS"),
    @JsonSubTypes.Type(value = Command.GetBars.class, name = "GET_BARS"),
    @JsonSubTypes.Type(value = Command.ListSymbols.class, name = "LIST_SYMBOLS"),
    @JsonSubTypes.Type(value = Command.ListSubscriptions.class, name = "LIST_SUBSCRIPTIONS"),
    @JsonSubTypes.Type(value = Command.Ping.class, name = "PING"),
    @JsonSubTypes.Type(value = Command.Shutdown.class, name = "SHUTDOWN"),
})
public sealed interface Command {

    /** The most symbols that one command may name. */
    int MAX_SYMBOLS = 1_000;

    /** The most bars that {@link GetBars#last} may ask for. */
    int MAX_BARS = 10_000;

    /** How many bars {@link GetBars} means that says nothing. */
    int USUAL_BARS = 100;

    Duration SHORTEST_CONFLATION = Duration.ofMillis(10);
    Duration LONGEST_CONFLATION = Duration.ofHours(1);

    /** Who asks; also the key of the record. */
    ClientId client();

    /**
     * Begin to deliver symbols to the client. A symbol that the client has subscribed already stays as it is.
     *
     * @param client who asks
     * @param symbols 1 to {@value #MAX_SYMBOLS} symbols, or {@link Symbol#ALL} alone
     * @param from where the ranges begin; live if left out
     * @param offsets where the ranges of single symbols begin instead: how a client goes on where it was; if it has left a
     *     subscription to the symbol open, that one ends there
     * @param delivery by what way
     * @param await whether a symbol without a topic is waited for; its range begins with the first record of the topic
     * @param conflate at most one tick, the latest, of each symbol in so much time, 10 ms to one hour; every tick if empty
     * @param whenSlow what becomes of ticks while the client does not keep up with its feed
     */
    record Subscribe(
            ClientId client,
            List<Symbol> symbols,
            From from,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Symbol, Long> offsets,
            Delivery delivery,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean await,
            Optional<Duration> conflate,
            WhenSlow whenSlow)
            implements Command {

        /** @throws IllegalArgumentException if something is out of range, or does not go together */
        public Subscribe {
            requireClient(client);
            symbols = distinct(symbols);
            requireSome(symbols);
            offsets = offsets == null ? Map.of() : offsets;
            for (Long offset : offsets.values()) {
                if (offset == null || offset < 0) {
                    throw new IllegalArgumentException("each of offsets must be a number, 0 or more");
                }
            }
            offsets = Map.copyOf(offsets);
            if (!Set.copyOf(symbols).containsAll(offsets.keySet())) {
                throw new IllegalArgumentException("offsets names a symbol that is not one of symbols");
            }
            from = from == null ? From.live() : from;
            delivery = delivery == null ? Delivery.FEED : delivery;
            whenSlow = whenSlow == null ? WhenSlow.KEEP : whenSlow;
            if (conflate.isPresent()
                    && (conflate.get().compareTo(SHORTEST_CONFLATION) < 0
                            || conflate.get().compareTo(LONGEST_CONFLATION) > 0)) {
                throw new IllegalArgumentException("conflate must be from PT0.01S to PT1H");
            }
            if (symbols.contains(Symbol.ALL) && symbols.size() > 1) {
                throw new IllegalArgumentException("the symbol * stands for all symbols and must be the only one");
            }
            if (delivery == Delivery.DIRECT
                    && (await || conflate.isPresent() || whenSlow != WhenSlow.KEEP || symbols.contains(Symbol.ALL))) {
                throw new IllegalArgumentException(
                        "what is delivered directly is not made by the hub: conflate, whenSlow, await and the symbol * need a feed");
            }
        }

        /** Every tick from here on, into the client's feed. */
        public static Subscribe live(ClientId client, List<Symbol> symbols) {
            return from(client, symbols, From.live());
        }

        /** Every tick from some place on, into the client's feed. */
        public static Subscribe from(ClientId client, List<Symbol> symbols, From from) {
            return new Subscribe(
                    client, symbols, from, Map.of(), Delivery.FEED, false, Optional.empty(), WhenSlow.KEEP);
        }

        /** Where the range of one of the symbols begins. */
        public From from(Symbol symbol) {
            Long offset = offsets.get(symbol);
            return offset == null ? from : new From.Offset(offset);
        }
    }

    /**
     * Fix the end of the client's open subscriptions to symbols.
     *
     * @param client who asks
     * @param symbols 1 to {@value #MAX_SYMBOLS} symbols
     */
    record Unsubscribe(ClientId client, List<Symbol> symbols) implements Command {

        /** @throws IllegalArgumentException if the symbols are none or too many */
        public Unsubscribe {
            requireClient(client);
            symbols = distinct(symbols);
            requireSome(symbols);
        }
    }

    /** The client is still there: its subscriptions are kept for another lease. Every other command of it says so too. */
    record Renew(ClientId client) implements Command {

        public Renew {
            requireClient(client);
        }
    }

    /**
     * The statistics of symbols.
     *
     * @param client who asks
     * @param symbols the symbols; none means all
     * @param after the {@code after} of the page before; symbols up to and including it are left out
     */
    record GetStats(ClientId client, List<Symbol> symbols, Optional<Symbol> after) implements Command {

        /** @throws IllegalArgumentException if there are too many symbols */
        public GetStats {
            requireClient(client);
            symbols = distinct(symbols);
        }
    }

    /**
     * Bars of one symbol, in order of start.
     *
     * @param client who asks
     * @param symbol the symbol
     * @param interval how long the bars last
     * @param from bars that begin before it are left out
     * @param to bars that begin then or later are left out
     * @param last only the newest so many of these, 1 to {@value #MAX_BARS}; {@value #USUAL_BARS} if neither this nor {@code from}
     *     is given
     * @param after the {@code after} of the page before; bars up to and including it are left out
     */
    record GetBars(
            ClientId client,
            Symbol symbol,
            BarInterval interval,
            Optional<Instant> from,
            Optional<Instant> to,
            OptionalLong last,
            Optional<Instant> after)
            implements Command {

        /** @throws IllegalArgumentException if something is missing or out of range */
        public GetBars {
            requireClient(client);
            if (symbol == null || interval == null) {
                throw new IllegalArgumentException("symbol or interval is missing");
            }
            if (last.isPresent() && (last.getAsLong() < 1 || last.getAsLong() > MAX_BARS)) {
                throw new IllegalArgumentException("last must be from 1 to " + MAX_BARS);
            }
            if (Stream.of(from, to, after).flatMap(Optional::stream).anyMatch(time -> !Tick.isInRange(time))) {
                throw new IllegalArgumentException("from, to and after must lie in the years 1 to 9999");
            }
            if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
                throw new IllegalArgumentException("from must be before to");
            }
        }

        /** How many bars are wanted at most, the newest ones. */
        public long most() {
            return last.orElse(from.isPresent() ? Long.MAX_VALUE : USUAL_BARS);
        }
    }

    /**
     * All symbols, in order.
     *
     * @param client who asks
     * @param after the {@code after} of the page before
     */
    record ListSymbols(ClientId client, Optional<Symbol> after) implements Command {

        public ListSymbols {
            requireClient(client);
        }
    }

    /**
     * All subscriptions of all clients, in order of client, symbol and id.
     *
     * @param client who asks
     * @param after the {@code after} of the page before
     */
    record ListSubscriptions(ClientId client, Optional<String> after) implements Command {

        public ListSubscriptions {
            requireClient(client);
        }
    }

    /** Is a hub there? */
    record Ping(ClientId client) implements Command {

        public Ping {
            requireClient(client);
        }
    }

    /**
     * Stop the whole system, every instance; accepted on {@code admin-commands} only.
     *
     * @param client who asks
     * @param timeout how long the drain may take, above 0 and at most one hour
     */
    record Shutdown(ClientId client, Duration timeout) implements Command {

        /** @throws IllegalArgumentException if the timeout is out of range */
        public Shutdown {
            requireClient(client);
            if (timeout == null) {
                timeout = Duration.ofSeconds(30);
            }
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("timeout must be above 0 and at most one hour");
            }
        }
    }

    private static void requireClient(ClientId client) {
        if (client == null) {
            throw new IllegalArgumentException("client is missing");
        }
    }

    private static List<Symbol> distinct(List<Symbol> symbols) {
        if (symbols == null) {
            return List.of();
        }
        if (symbols.size() > MAX_SYMBOLS) {
            throw new IllegalArgumentException("at most " + MAX_SYMBOLS + " symbols in one command");
        }
        if (symbols.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("symbols must not contain null");
        }
        return symbols.stream().distinct().toList();
    }

    private static void requireSome(List<Symbol> symbols) {
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("symbols must name at least one symbol");
        }
    }
}
