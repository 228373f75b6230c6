package io.tickhub.client;

import io.tickhub.model.Delivery;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live events of some symbols: for each symbol exactly the offsets from its start to its end, in order, once. Thread safe, but
 * events are meant for one thread.
 *
 * <p>Two ways to leave: {@link #unsubscribe} fixes the ends, and everything before them is still delivered; {@link #close}
 * unsubscribes and throws away what has not been taken.
 */
public final class Subscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final MarketDataClient client;
    private final Delivery delivery;
    private final Optional<String> feed;
    private final Map<Symbol, Reply.Subscribed.Start> startsBySymbol = new LinkedHashMap<>();
    private final SubscriptionBuffer buffer;
    private final Map<Symbol, Long> positions = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    Subscription(MarketDataClient client, Reply.Subscribed reply, int bufferCapacity) {
        this.client = client;
        this.feed = reply.feed();
        this.delivery = feed.isPresent() ? Delivery.FEED : Delivery.DIRECT;
        Map<RangeId, RangeReader> ranges = new LinkedHashMap<>();
        Optional<RangeId> all = Optional.empty();
        for (Reply.Subscribed.Start start : reply.symbols()) {
            startsBySymbol.put(start.symbol(), start);
            RangeId id = new RangeId(start.subscription(), start.symbol());
            if (start.symbol().equals(Symbol.ALL)) {
                all = Optional.of(id);
            } else if (start.state().isPresent()) {
                ranges.put(id, RangeReader.waiting(start.symbol()));
            } else {
                positions.put(start.symbol(), start.start());
                ranges.put(id, new RangeReader(start.symbol(), start.start()));
            }
        }
        buffer = new SubscriptionBuffer(bufferCapacity, ranges, all);
    }

    /** By what way the events come. */
    public Delivery delivery() {
        return delivery;
    }

    /** The client's feed by which the events come; empty if they are read directly. */
    public Optional<String> feed() {
        return feed;
    }

    /**
     * Where in the client's feed the event of the last {@link #next} stands, of which {@link FeedLog} reads it again; of one that no
     * hub has written, such as that no hub is there, the record before it. Empty before the first event, and if they are read directly.
     */
    public OptionalLong feedOffset() {
        return feed.isPresent() ? buffer.takenFeedOffset() : OptionalLong.empty();
    }

    /** The symbols, in the order in which they were named; {@link Symbol#ALL} stands for all. */
    public List<Symbol> symbols() {
        return List.copyOf(startsBySymbol.keySet());
    }

    /**
     * First offset of a symbol's range; 0 while a symbol is waited for, whose first event tells it.
     *
     * @throws NoSuchElementException if the symbol is none of this subscription
     */
    public long start(Symbol symbol) {
        return startOf(symbol).start();
    }

    /**
     * The statistics of all ticks before the start of a symbol's range; snapshot and events join without gap or overlap.
     *
     * @return empty if there were none yet, or if the client had subscribed to the symbol before
     * @throws NoSuchElementException if the symbol is none of this subscription
     */
    public Optional<PriceStats> snapshot(Symbol symbol) {
        return startOf(symbol).snapshot();
    }

    /**
     * Waits for the next event. The event before counts as done with now: its place is committed soon.
     *
     * @return empty if none came in time, or if there will be none: {@link #isEnded} tells which
     * @throws FeedException after the last event, if the feed broke
     * @throws InterruptException if the thread is interrupted; its flag stays set
     */
    public Optional<MarketEvent> next(Duration timeout) {
        try {
            Optional<MarketEvent> event = buffer.take(timeout);
            event.ifPresent(this::advance);
            return event;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * The events, to be iterated once; ends when every symbol has ended, when the subscription is closed, or when nothing came for
     * {@code patience}. Throws what {@link #next} throws.
     */
    public Iterable<MarketEvent> events(Duration patience) {
        return () -> new Iterator<>() {
            private Optional<MarketEvent> ahead = Optional.empty();

            @Override
            public boolean hasNext() {
                if (ahead.isEmpty()) {
                    ahead = Subscription.this.next(patience);
                }
                return ahead.isPresent();
            }

            @Override
            public MarketEvent next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("no event came within " + patience + ", or all have ended");
                }
                MarketEvent event = ahead.orElseThrow();
                ahead = Optional.empty();
                return event;
            }
        };
    }

    /**
     * How far this subscription was taken: of each symbol that has not ended, the offset after what the last event of {@link #next}
     * covers. Whoever keeps it with what was made of the events can lose everything else: {@link MarketDataClient#resume} goes on there.
     */
    public Map<Symbol, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Whether there will be no more events: every symbol has ended and everything was taken, or it was closed. */
    public boolean isEnded() {
        return buffer.isEnded();
    }

    /**
     * Ends all symbols that are still open. What lies before their ends is still delivered; the last event of each symbol is
     * {@link MarketEvent.Ended}.
     *
     * @return the end of each of these symbols, the offset after the last one
     * @throws RequestException if the hub does not do it
     */
    public Map<Symbol, Long> unsubscribe() {
        List<Symbol> open = buffer.openSymbols();
        return open.isEmpty()
                ? Map.of()
                : client.unsubscribe(open, client.config().requestTimeout());
    }

    /**
     * Unsubscribes and throws away what has not been taken; a waiting {@link #next} returns. Where the hub does not unsubscribe, a
     * warning is logged.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<Symbol> open = buffer.openSymbols();
        buffer.discard();
        try {
            // What is read directly needs nobody's leave to stop.
            if (!open.isEmpty() && delivery == Delivery.FEED) {
                client.unsubscribe(open, client.config().requestTimeout());
            }
        } catch (HubErrorException e) {
            if (e.code() != ErrorCode.NOT_SUBSCRIBED) {
                LOG.warn("Not unsubscribed from {}: {}", open, e.getMessage());
            }
        } catch (RequestException e) {
            LOG.warn("Not unsubscribed from {}: {}", open, e.getMessage());
        } finally {
            client.forget(this);
        }
    }

    boolean isOpen(Symbol symbol) {
        return buffer.openSymbols().contains(symbol);
    }

    /**
     * Ends a symbol that is read directly.
     *
     * @param topicEnd the end of its topic; empty if that is gone
     * @return the end of the range
     */
    long endAt(Symbol symbol, Optional<Long> topicEnd) {
        RangeId range = new RangeId(startOf(symbol).subscription(), symbol);
        if (topicEnd.isEmpty()) {
            return buffer.endHere(range);
        }
        long end = Math.max(start(symbol), topicEnd.get());
        buffer.endAt(range, end);
        return end;
    }

    SubscriptionBuffer buffer() {
        return buffer;
    }

    private void advance(MarketEvent event) {
        switch (event) {
            case MarketEvent.Ended ended -> positions.remove(ended.symbol());
            // They say how things stand; where that is, a resumed feed does not know before its first tick.
            case MarketEvent.Stale stale -> {}
            case MarketEvent.Recovered recovered -> {}
            default -> positions.put(event.symbol(), event.covers().to());
        }
    }

    private Reply.Subscribed.Start startOf(Symbol symbol) {
        Reply.Subscribed.Start start = startsBySymbol.get(symbol);
        if (start == null) {
            throw new NoSuchElementException(symbol + " is not one of " + symbols());
        }
        return start;
    }
}
