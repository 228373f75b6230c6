package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events of one {@link Subscription} between the feed's thread, which offers, and the application, which takes. Bounded: a
 * full buffer refuses, and the feed is paused until the application has taken something. Thread safe; the lock also guards the
 * ranges, because the end of one arrives on a third thread, while ticks at or after it may lie in the buffer.
 *
 * <p>An event counts as taken when the application asks for the next one, so that the feed's place is never committed past an
 * event that is being worked on.
 */
final class SubscriptionBuffer {

    /** Whether a record was accepted. */
    enum Offer {
        ACCEPTED,
        /** The buffer is full: offer the same record again later. */
        FULL
    }

    private record Entry(MarketEvent event, long feedOffset) {}

    private final int capacity;
    private final Map<RangeId, RangeReader> rangesById;
    /** The subscription to all symbols of which ranges may still begin. */
    private Optional<RangeId> all;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private OptionalLong inHand = OptionalLong.empty();
    private OptionalLong taken = OptionalLong.empty();
    private long lastFeedOffset;
    private int holds;
    private boolean discarding;
    private boolean leaseOver;
    private Optional<FeedException> failure = Optional.empty();

    /**
     * @param capacity number of events from which on records are refused
     * @param rangesById the ranges, by id; no two of one symbol
     * @param all the subscription to all symbols, whose ranges are known when their first records come
     */
    SubscriptionBuffer(int capacity, Map<RangeId, RangeReader> rangesById, Optional<RangeId> all) {
        this.capacity = capacity;
        this.rangesById = new HashMap<>(rangesById);
        this.all = all;
    }

    /** Ids of the ranges that are known. */
    Set<RangeId> ids() {
        lock.lock();
        try {
            return Set.copyOf(rangesById.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a range is one of its own; one of all symbols is from now on. */
    boolean takes(RangeId id) {
        lock.lock();
        try {
            if (all.isPresent() && id.subscription().startsWith(all.get().subscription() + ":")) {
                rangesById.computeIfAbsent(id, unknown -> RangeReader.waiting(id.symbol()));
            }
            return rangesById.containsKey(id) || all.equals(Optional.of(id));
        } finally {
            lock.unlock();
        }
    }

    /** The symbols stand still. */
    void stale(String detail) {
        guarded(() -> rangesById.values().forEach(range -> add(range.stale(detail))));
    }

    /** Feed's thread: hands over a record of one of its subscriptions. */
    Offer offer(FeedRecord record, long feedOffset) {
        lock.lock();
        try {
            if (entries.size() >= capacity) {
                return Offer.FULL;
            }
            lastFeedOffset = feedOffset;
            add(range(record.range()).accept(record));
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next event.
     *
     * @return empty if none came in time, or none will come
     * @throws FeedException after the last event, if the feed broke
     */
    Optional<MarketEvent> take(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            inHand = OptionalLong.empty();
            while (holds > 0 || entries.isEmpty()) {
                if (entries.isEmpty() && failure.isPresent()) {
                    throw failure.get();
                }
                if (nanos <= 0 || isEnded()) {
                    return Optional.empty();
                }
                nanos = changed.awaitNanos(nanos);
            }
            Entry entry = entries.remove();
            taken = OptionalLong.of(entry.feedOffset());
            // Nobody asks for a next event after the last one.
            inHand = entry.event() instanceof MarketEvent.Ended
                    ? OptionalLong.empty()
                    : OptionalLong.of(entry.feedOffset());
            return Optional.of(entry.event());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing is taken until {@link #release}: while an UNSUBSCRIBE is under way, ticks may arrive that will turn out to lie after
     * the end.
     */
    void hold() {
        guarded(() -> holds++);
    }

    void release() {
        guarded(() -> holds--);
    }

    /**
     * The end of a range is known: what lies after it is dropped. The hub's last word on the range may have come before, and may lie
     * after the end, because the hub that copies learns of the end last.
     */
    void endAt(RangeId id, long end) {
        guarded(() -> {
            if (all.equals(Optional.of(id))) {
                all = Optional.empty();
                return;
            }
            RangeReader range = range(id);
            if (range.isOpen() || isEndWaiting(range.symbol())) {
                cut(range.symbol(), end);
                add(range.endAt(end));
            }
        });
    }

    /**
     * Nothing more can be read: the range ends where it has come to.
     *
     * @return its end
     */
    long endHere(RangeId id) {
        lock.lock();
        try {
            endAt(id, range(id).reached());
            return range(id).end().orElse(range(id).reached());
        } finally {
            lock.unlock();
        }
    }

    /** The hub has ended everything: what waits for a topic ends too, once the feed is read up to where it ends now. */
    void leaseIsOver() {
        guarded(() -> leaseOver = true);
    }

    /** Whether {@link #endWaiting} is to be called. */
    boolean isLeaseOver() {
        lock.lock();
        try {
            return leaseOver;
        } finally {
            lock.unlock();
        }
    }

    /** Feed's thread: ends what waits for a topic; of everything else the feed has told the end, or will. */
    void endWaiting() {
        guarded(() -> {
            leaseOver = false;
            all = Optional.empty();
            rangesById.values().stream()
                    .filter(RangeReader::isWaiting)
                    .forEach(range -> add(range.end("the client was silent for longer than its lease")));
        });
    }

    /** The application wants no more: drops what is there and what comes. */
    void discard() {
        guarded(() -> {
            discarding = true;
            inHand = OptionalLong.empty();
            entries.clear();
        });
    }

    /** The application has done with the event that it took last, and asks for no more. */
    void doneWithLast() {
        guarded(() -> inHand = OptionalLong.empty());
    }

    /** The feed cannot be read any longer. */
    void fail(FeedException cause) {
        guarded(() -> failure = Optional.of(cause));
    }

    /** See {@link RangeReader#resume}. */
    void resume(RangeId id) {
        guarded(() -> range(id).resume());
    }

    /** See {@link RangeReader#resumeAt}. */
    void resumeAt(RangeId id, long offset) {
        guarded(() -> range(id).resumeAt(offset));
    }

    /** See {@link RangeReader#distrust}. */
    void distrust() {
        guarded(() -> rangesById.values().forEach(RangeReader::distrust));
    }

    /** The offset in the feed of the oldest event that the application has not done with. */
    OptionalLong oldestFeedOffset() {
        lock.lock();
        try {
            if (inHand.isPresent() || entries.isEmpty()) {
                return inHand;
            }
            return OptionalLong.of(entries.element().feedOffset());
        } finally {
            lock.unlock();
        }
    }

    /** The offset in the feed of the event that the application took last. */
    OptionalLong takenFeedOffset() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the feed holds nothing more for this range. */
    boolean isFinished(RangeId id) {
        lock.lock();
        try {
            return range(id).isFinished();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more can be taken. */
    boolean isEnded() {
        lock.lock();
        try {
            return discarding
                    || (entries.isEmpty()
                            && all.isEmpty()
                            && rangesById.values().stream().allMatch(RangeReader::isFinished));
        } finally {
            lock.unlock();
        }
    }

    /** Whether the feed holds nothing more for it and the application has done with everything. */
    boolean isSettled() {
        lock.lock();
        try {
            return entries.isEmpty()
                    && inHand.isEmpty()
                    && (all.isEmpty() || discarding)
                    && rangesById.values().stream().allMatch(RangeReader::isFinished);
        } finally {
            lock.unlock();
        }
    }

    /** The symbols whose end is not known yet, as UNSUBSCRIBE names them. */
    List<Symbol> openSymbols() {
        lock.lock();
        try {
            if (all.isPresent()) {
                return List.of(Symbol.ALL);
            }
            return rangesById.values().stream()
                    .filter(RangeReader::isOpen)
                    .map(RangeReader::symbol)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private RangeReader range(RangeId id) {
        RangeReader range = rangesById.get(id);
        if (range == null) {
            throw new IllegalArgumentException("not a range of this buffer: " + id);
        }
        return range;
    }

    private void add(List<MarketEvent> events) {
        if (!discarding && !events.isEmpty()) {
            events.forEach(event -> entries.add(new Entry(event, lastFeedOffset)));
            changed.signalAll();
        }
    }

    private boolean isEndWaiting(Symbol symbol) {
        return entries.stream()
                .map(Entry::event)
                .anyMatch(event ->
                        event instanceof MarketEvent.Ended && event.symbol().equals(symbol));
    }

    private void cut(Symbol symbol, long end) {
        List<Entry> all = List.copyOf(entries);
        entries.clear();
        for (Entry entry : all) {
            Covers covers = entry.event().covers();
            if (!entry.event().symbol().equals(symbol) || covers.to() <= end) {
                entries.add(entry);
            } else if (covers.from() < end) {
                entries.add(new Entry(clip(entry.event(), new Covers(covers.from(), end)), entry.feedOffset()));
            }
        }
    }

    private static MarketEvent clip(MarketEvent event, Covers covers) {
        return switch (event) {
            case MarketEvent.FeedTick tick -> clip(tick, covers);
            case MarketEvent.Skipped skipped -> new MarketEvent.Skipped(skipped.symbol(), covers);
            case MarketEvent.Gap gap -> new MarketEvent.Gap(gap.symbol(), covers, gap.detail());
            case MarketEvent.Hole hole -> new MarketEvent.Hole(hole.symbol(), covers);
            case MarketEvent.Begun begun -> begun;
            case MarketEvent.Stale stale -> stale;
            case MarketEvent.Recovered recovered -> recovered;
            case MarketEvent.Ended ended -> ended;
        };
    }

    private static MarketEvent clip(MarketEvent.FeedTick tick, Covers covers) {
        return tick.offset() >= covers.to()
                ? new MarketEvent.Skipped(tick.symbol(), covers)
                : new MarketEvent.FeedTick(
                        tick.symbol(), tick.offset(), tick.price(), tick.volume(), tick.timestamp(), covers);
    }

    private void guarded(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
