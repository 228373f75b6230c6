package io.tickhub.client;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Command;
import io.tickhub.model.Delivery;
import io.tickhub.model.From;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of a Tickhub system: live subscriptions, statistics, and the other requests. Thread safe; close it when done.
 *
 * <p>Every request waits for its reply, up to the configured timeout or the one given, and throws a {@link RequestException} that
 * says what failed: {@link NoHubException} at once where the last hub has stopped, and after 2 s where nothing is heard of one any
 * more, {@link HubErrorException} where the hub refuses, {@link RequestTimeoutException}, {@link BrokerException},
 * {@link TooManyRequestsException}, {@link ClientClosedException}. An interrupted wait throws Kafka's {@code InterruptException}
 * and leaves the flag set.
 *
 * <p>It owns the threads and Kafka clients of its {@link Connection} and of its feeds.
 */
public final class MarketDataClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketDataClient.class);

    /**
     * How much longer than the drain itself the client waits for the answer to a shutdown: after the deadline the coordinator gives
     * the last ones time to leave.
     */
    private static final Duration SHUTDOWN_MARGIN = Duration.ofSeconds(12);

    private static final Duration UNSUBSCRIBE_AT_CLOSE = Duration.ofSeconds(2);
    private static final Duration SETTLE_AT_CLOSE = Duration.ofSeconds(2);

    private final ClientConfig config;
    private final Connection connection;
    private final Requests requests;
    private final Feeds feeds;
    private final DirectTopics directTopics;
    private final Holdings holdings = new Holdings();
    private final LeaseKeeper lease;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MarketDataClient(ClientConfig config, Connection connection) {
        this.config = config;
        this.connection = connection;
        this.requests = connection.requests();
        this.feeds = connection.feeds();
        this.directTopics = connection.directTopics();
        this.lease = new LeaseKeeper(
                "tickhub-" + config.client() + "-lease", () -> held().findAny().isPresent(), this::renew);
    }

    /**
     * Connects to the system at these brokers, by a name of its own.
     *
     * @param bootstrapServers {@code host:port}, with commas between
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     * @throws BrokerException if no broker answers within 10 s
     * @throws NoHubException if there never was a system in that cluster
     */
    public static MarketDataClient connect(String bootstrapServers) {
        return connect(ClientConfig.of(bootstrapServers));
    }

    /**
     * Connects. A hub need not run yet: that shows at the first request.
     *
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     * @throws BrokerException if no broker answers within 10 s
     * @throws NoHubException if there never was a system in that cluster
     */
    public static MarketDataClient connect(ClientConfig config) {
        return new MarketDataClient(config, Connection.open(config));
    }

    /** How this client works. */
    public ClientConfig config() {
        return config;
    }

    // ---- subscriptions

    /** Subscribes to symbols from now on, all of them or, if any cannot be, none. */
    public Subscription subscribe(String... symbols) {
        return subscribe(symbols(symbols), config.requestTimeout());
    }

    /**
     * Subscribes to symbols from now on, all of them or, if any cannot be, none. After a timeout the hub may have done it all the
     * same: subscribing again gives that subscription.
     *
     * @throws IllegalStateException if this client holds a symbol already that it has not unsubscribed
     * @throws RequestException if the hub does not do it
     */
    public Subscription subscribe(List<Symbol> symbols, Duration timeout) {
        return subscribe(SubscriptionRequest.to(symbols), timeout);
    }

    /** Subscribes as the request says; see {@link #subscribe(SubscriptionRequest, Duration)}. */
    public Subscription subscribe(SubscriptionRequest request) {
        return subscribe(request, config.requestTimeout());
    }

    /**
     * Subscribes as the request says, to all of its symbols or, if any cannot be, none.
     *
     * @throws IllegalStateException if this client holds a symbol already that it has not unsubscribed
     * @throws RequestException if the hub does not do it
     */
    public Subscription subscribe(SubscriptionRequest request, Duration timeout) {
        Command.Subscribe command = request.command(config.client());
        requireOpen("SUBSCRIBE");
        holdings.reserve(command.symbols());
        try {
            return switch (command.delivery()) {
                case FEED -> subscribeToFeed(command, timeout);
                case DIRECT -> subscribeDirectly(command, timeout);
            };
        } finally {
            holdings.release(command.symbols());
        }
    }

    /** Subscribes to symbols from some place in their history on; see {@link #subscribe(From, List, Duration)}. */
    public Subscription subscribe(From from, String... symbols) {
        return subscribe(from, symbols(symbols), config.requestTimeout());
    }

    /**
     * Subscribes to symbols from some place in their history on, all of them or, if any cannot be, none: first what is there
     * already, then what comes, in one order and each tick once. What retention has deleted is announced as a {@link
     * MarketEvent.Gap}. There is no snapshot, unless it ends where the range begins.
     *
     * @throws IllegalStateException if this client holds a symbol already that it has not unsubscribed
     * @throws RequestException if the hub does not do it, because an offset lies beyond the end of the symbol's topic for one
     */
    public Subscription subscribe(From from, List<Symbol> symbols, Duration timeout) {
        return subscribe(SubscriptionRequest.to(symbols).from(from), timeout);
    }

    /** Goes on where a subscription was; see {@link #resume(Map, Duration)}. */
    public Subscription resume(Map<Symbol, Long> positions) {
        return resume(positions, config.requestTimeout());
    }

    /**
     * Goes on where a subscription was, also one of another client, or of this one in another process that has lost everything but
     * the positions: without a hole, and without a tick twice. What this client's id has left open to these symbols ends there.
     *
     * @param positions {@link Subscription#positions} of then
     * @throws IllegalStateException if this client holds a symbol already that it has not unsubscribed
     * @throws RequestException if the hub does not do it
     */
    public Subscription resume(Map<Symbol, Long> positions, Duration timeout) {
        return subscribe(SubscriptionRequest.resuming(positions), timeout);
    }

    private Subscription subscribeToFeed(Command.Subscribe command, Duration timeout) {
        feeds.subscribing();
        try {
            Reply.Subscribed reply = requests.send(command, Reply.Subscribed.class, timeout);
            Subscription subscription = new Subscription(this, reply, config.bufferCapacity());
            holdings.add(subscription);
            feeds.attach(reply.feed().orElseThrow(), subscription.buffer());
            return subscription;
        } finally {
            feeds.subscribed();
        }
    }

    private Subscription subscribeDirectly(Command.Subscribe command, Duration timeout) {
        Map<Symbol, String> topicIds = directTopics.ids(command.symbols(), timeout);
        Reply.Subscribed reply = requests.send(command, Reply.Subscribed.class, timeout);
        Subscription subscription = new Subscription(this, reply, config.bufferCapacity());
        holdings.add(subscription);
        directTopics.attach(reply.symbols(), topicIds, subscription.buffer());
        return subscription;
    }

    /** Subscribes like {@link #subscribe(String...)} and tells the events to a listener, on a thread of its own. */
    public Subscription subscribe(MarketListener listener, String... symbols) {
        Subscription subscription = subscribe(symbols);
        ListenerThread.start(subscription, listener);
        return subscription;
    }

    /** Ends the subscriptions to symbols, all or none; see {@link #unsubscribe(List, Duration)}. */
    public Map<Symbol, Long> unsubscribe(String... symbols) {
        return unsubscribe(symbols(symbols), config.requestTimeout());
    }

    /**
     * Ends the subscriptions to symbols, all or none. Everything before the ends is still delivered, nothing at or after them. No
     * event of the subscriptions concerned is delivered while the hub's answer is awaited.
     *
     * @return the end of each symbol, the offset after the last one
     * @throws RequestException if the hub does not do it
     */
    public Map<Symbol, Long> unsubscribe(List<Symbol> symbols, Duration timeout) {
        requireOpen("UNSUBSCRIBE");
        return end(symbols, timeout);
    }

    // ---- queries

    /** The statistics of symbols, or of all where none is named; symbols without any are left out. */
    public List<PriceStats> statistics(String... symbols) {
        return statistics(symbols(symbols), config.requestTimeout());
    }

    /** The statistics of symbols, or of all where none is named; the timeout is for each page of the answer. */
    public List<PriceStats> statistics(List<Symbol> symbols, Duration timeout) {
        return pages(
                after -> new Command.GetStats(config.client(), symbols, after),
                Reply.Stats.class,
                Reply.Stats::stats,
                Reply.Stats::after,
                timeout);
    }

    /** The newest bars of a symbol, in order, at most {@value Command#MAX_BARS}; intervals without ticks have none. */
    public List<Bar> bars(Symbol symbol, BarInterval interval, int last) {
        return bars(
                new Command.GetBars(
                        config.client(),
                        symbol,
                        interval,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(last),
                        Optional.empty()),
                config.requestTimeout());
    }

    /** The bars of a symbol that begin in {@code [from, to)}, in order; intervals without ticks have none. */
    public List<Bar> bars(Symbol symbol, BarInterval interval, Instant from, Instant to) {
        return bars(
                new Command.GetBars(
                        config.client(),
                        symbol,
                        interval,
                        Optional.of(from),
                        Optional.of(to),
                        OptionalLong.empty(),
                        Optional.empty()),
                config.requestTimeout());
    }

    /**
     * The bars for which a command asks; its {@code after} is where they begin. The timeout is for each page of the answer.
     *
     * @throws RequestException if there are no bars of this interval, or so many in the topic that the hub does not read them all
     */
    public List<Bar> bars(Command.GetBars wanted, Duration timeout) {
        return pages(
                after -> new Command.GetBars(
                        config.client(),
                        wanted.symbol(),
                        wanted.interval(),
                        wanted.from(),
                        wanted.to(),
                        wanted.last(),
                        after.or(wanted::after)),
                Reply.Bars.class,
                Reply.Bars::bars,
                Reply.Bars::after,
                timeout);
    }

    /** All symbols, in order. */
    public List<Symbol> symbols() {
        return symbols(config.requestTimeout());
    }

    /** All symbols, in order; the timeout is for each page of the answer. */
    public List<Symbol> symbols(Duration timeout) {
        return pages(
                after -> new Command.ListSymbols(config.client(), after),
                Reply.Symbols.class,
                Reply.Symbols::symbols,
                Reply.Symbols::after,
                timeout);
    }

    /** All subscriptions of all clients. */
    public List<Reply.Subscriptions.Held> subscriptions() {
        return subscriptions(config.requestTimeout());
    }

    /** All subscriptions of all clients; the timeout is for each page of the answer. */
    public List<Reply.Subscriptions.Held> subscriptions(Duration timeout) {
        return pages(
                after -> new Command.ListSubscriptions(config.client(), after),
                Reply.Subscriptions.class,
                Reply.Subscriptions::subscriptions,
                Reply.Subscriptions::after,
                timeout);
    }

    /** Asks whether a hub answers, and which. */
    public Reply.Pong ping() {
        return ping(config.requestTimeout());
    }

    /** Asks whether a hub answers, and which. */
    public Reply.Pong ping(Duration timeout) {
        requireOpen("PING");
        return requests.send(new Command.Ping(config.client()), Reply.Pong.class, timeout);
    }

    /** Whether a hub is running, as far as is known here; asks nobody. */
    public boolean isHubThere() {
        return connection.isHubThere();
    }

    /**
     * Stops the whole system and returns when it has stopped.
     *
     * @param drainTimeout how long the instances may take to finish their work, above 0 and at most one hour
     */
    public Reply.Drained shutdown(Duration drainTimeout) {
        requireOpen("SHUTDOWN");
        return requests.send(
                new Command.Shutdown(config.client(), drainTimeout),
                Reply.Drained.class,
                drainTimeout.plus(SHUTDOWN_MARGIN));
    }

    /**
     * Completes what waits, ends the subscriptions unless the configuration says otherwise, and waits for the threads, 10 s at
     * most. Events that were not taken are thrown away. In a thread that is interrupted it does the same, and leaves it interrupted.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Whatever would be given up because of it would be left behind.
        boolean isInterrupted = Thread.interrupted();
        try {
            closeAll();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll() {
        lease.close();
        List<SubscriptionBuffer> buffers =
                holdings.all().stream().map(Subscription::buffer).toList();
        try {
            switch (config.atClose()) {
                case UNSUBSCRIBE -> {
                    List<Symbol> open = held().flatMap(subscription -> subscription.buffer().openSymbols().stream())
                            .toList();
                    buffers.forEach(SubscriptionBuffer::discard);
                    endAtClose(open);
                }
                // What was not taken stays in the buffers until the place before it has been committed; nobody may take
                // it then.
                case KEEP ->
                    buffers.forEach(buffer -> {
                        buffer.hold();
                        buffer.doneWithLast();
                    });
            }
        } finally {
            connection.close();
            buffers.forEach(SubscriptionBuffer::discard);
        }
    }

    /** The subscriptions that a lease keeps. */
    private Stream<Subscription> held() {
        return holdings.all().stream().filter(subscription -> subscription.delivery() == Delivery.FEED);
    }

    private Duration renew() {
        // What is subscribed meanwhile is not meant by the answer.
        List<Subscription> before = held().toList();
        Reply.Renewed reply =
                requests.send(new Command.Renew(config.client()), Reply.Renewed.class, config.requestTimeout());
        if (reply.subscriptions() == 0) {
            before.forEach(subscription -> subscription.buffer().leaseIsOver());
        }
        return reply.lease();
    }

    /** The subscription is closed: its symbols may be subscribed anew. */
    void forget(Subscription subscription) {
        holdings.remove(subscription);
    }

    private Map<Symbol, Long> end(List<Symbol> symbols, Duration timeout) {
        Command.Unsubscribe command = new Command.Unsubscribe(config.client(), symbols);
        Set<Subscription> concerned = holdings.of(command.symbols());
        // What arrives after an end has been fixed, but before it is known here, must not be delivered.
        concerned.forEach(subscription -> subscription.buffer().hold());
        try {
            Map<Symbol, Subscription> direct = holdings.direct(command.symbols());
            List<Symbol> fed = command.symbols().stream()
                    .filter(symbol -> !direct.containsKey(symbol))
                    .toList();
            // This only asks: should the hub refuse, nothing has changed.
            Map<Symbol, Long> topicEnds = direct.isEmpty() ? Map.of() : directTopics.ends(direct.keySet(), timeout);
            Map<Symbol, Long> ends = fed.isEmpty() ? new HashMap<>() : endFed(fed, concerned, timeout);
            direct.forEach((symbol, subscription) ->
                    ends.put(symbol, subscription.endAt(symbol, Optional.ofNullable(topicEnds.get(symbol)))));
            return ends;
        } finally {
            concerned.forEach(subscription -> subscription.buffer().release());
        }
    }

    private Map<Symbol, Long> endFed(List<Symbol> symbols, Set<Subscription> concerned, Duration timeout) {
        Command.Unsubscribe command = new Command.Unsubscribe(config.client(), symbols);
        Reply.Unsubscribed reply = requests.send(command, Reply.Unsubscribed.class, timeout);
        Map<Symbol, Long> ends = new LinkedHashMap<>();
        for (Reply.Unsubscribed.End end : reply.symbols()) {
            ends.put(end.symbol(), end.end());
            RangeId range = new RangeId(end.subscription(), end.symbol());
            concerned.stream()
                    .map(Subscription::buffer)
                    .filter(buffer -> buffer.takes(range))
                    .forEach(buffer -> buffer.endAt(range, end.end()));
        }
        return ends;
    }

    /** Leaves nothing behind, where that takes little time: the hub deletes a feed that was read to its end. */
    private void endAtClose(List<Symbol> open) {
        Duration timeout = config.requestTimeout().compareTo(UNSUBSCRIBE_AT_CLOSE) < 0
                ? config.requestTimeout()
                : UNSUBSCRIBE_AT_CLOSE;
        try {
            for (int from = 0; from < open.size(); from += Command.MAX_SYMBOLS) {
                end(open.subList(from, Math.min(open.size(), from + Command.MAX_SYMBOLS)), timeout);
            }
            feeds.awaitSettled(SETTLE_AT_CLOSE);
        } catch (RequestException e) {
            LOG.warn("Not unsubscribed at close from {}: {}", open, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <R extends Reply, E, A> List<E> pages(
            Function<Optional<A>, Command> command,
            Class<R> type,
            Function<R, List<E>> elements,
            Function<R, Optional<A>> next,
            Duration timeout) {
        List<E> all = new ArrayList<>();
        Optional<A> after = Optional.empty();
        do {
            Command page = command.apply(after);
            requireOpen(page.getClass().getSimpleName());
            R reply = requests.send(page, type, timeout);
            all.addAll(elements.apply(reply));
            after = next.apply(reply);
        } while (after.isPresent());
        return all;
    }

    private void requireOpen(String request) {
        if (closed.get()) {
            throw new ClientClosedException(request);
        }
    }

    private static List<Symbol> symbols(String... names) {
        return Stream.of(names).map(Symbol::new).toList();
    }
}
