package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows one subscription's range {@code [start, end)} through its feed records and turns them into events: records that were
 * seen are dropped, a hole becomes an event, nothing at or after the end passes. Not thread safe: guarded by its
 * {@link SubscriptionBuffer}.
 *
 * <p>{@code covered} is the offset up to which everything was delivered or announced. It is unknown after a client has resumed at
 * the committed place in its feed: that place vouches for all records before it, so the first record sets it.
 */
final class RangeReader {

    private static final int OWNERS_KEPT = 16;

    private final Symbol symbol;
    private final long start;
    /** No record has come yet that tells where it begins. */
    private boolean waiting;

    private OptionalLong covered;
    private OptionalLong end = OptionalLong.empty();
    private boolean finished;
    private boolean stale;
    private boolean lost;
    /** Runs of hubs that have come back or been replaced: what is told of them late is over. */
    private final Set<String> ownersLeft = new LinkedHashSet<>();

    RangeReader(Symbol symbol, long start) {
        this(symbol, start, OptionalLong.of(start));
    }

    private RangeReader(Symbol symbol, long start, OptionalLong covered) {
        this.symbol = symbol;
        this.start = start;
        this.covered = covered;
    }

    /** Of a range whose first record tells where it begins. */
    static RangeReader waiting(Symbol symbol) {
        RangeReader range = new RangeReader(symbol, 0, OptionalLong.empty());
        range.waiting = true;
        return range;
    }

    Symbol symbol() {
        return symbol;
    }

    long start() {
        return start;
    }

    OptionalLong end() {
        return end;
    }

    /** How far everything was delivered or announced; unknown as its start where the feed is resumed. */
    long reached() {
        return covered.orElse(start);
    }

    /** Whether it is not known yet where it begins. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether nothing more follows. */
    boolean isFinished() {
        return finished;
    }

    /** Whether its end is not known yet and more may follow. */
    boolean isOpen() {
        return end.isEmpty() && !finished;
    }

    /** The feed is resumed at a committed place: the next record says how far the range was covered. */
    void resume() {
        covered = OptionalLong.empty();
    }

    /** The feed is resumed, and the records from this offset of the symbol on were dropped before anybody asked for them. */
    void resumeAt(long offset) {
        covered = OptionalLong.of(Math.max(start, offset));
    }

    /** The records since the committed place are lost: only the start of the range is certain again. */
    void distrust() {
        lost = true;
        if (covered.isEmpty()) {
            covered = OptionalLong.of(start);
        }
    }

    /** What the application is to see of this record, in order: nothing, one event, or several. */
    List<MarketEvent> accept(FeedRecord record) {
        if (finished) {
            return List.of();
        }
        if (record instanceof FeedRecord.Stale away) {
            return ownersLeft.contains(away.owner()) ? List.of() : stale(away.detail());
        }
        if (record instanceof FeedRecord.Recovered back) {
            remember(back.owner());
            return recovered();
        }
        waiting = false;
        long place = covered.orElse(Math.max(start, record.covers().from()));
        covered = OptionalLong.of(place);
        // Whatever comes, comes from a hub that is there.
        List<MarketEvent> events = new ArrayList<>(recovered());
        switch (record) {
            case FeedRecord.Begun begun -> events.add(new MarketEvent.Begun(symbol, new Covers(place, place)));
            case FeedRecord.Ended ended -> events.addAll(acceptEnded(ended, place));
            default -> events.addAll(acceptRange(record, place));
        }
        return List.copyOf(events);
    }

    /** The symbol stands still; told once. */
    List<MarketEvent> stale(String detail) {
        if (stale || finished) {
            return List.of();
        }
        stale = true;
        long place = covered.orElse(start);
        return List.of(new MarketEvent.Stale(symbol, new Covers(place, place), detail));
    }

    private List<MarketEvent> recovered() {
        if (!stale) {
            return List.of();
        }
        stale = false;
        long place = covered.orElse(start);
        return List.of(new MarketEvent.Recovered(symbol, new Covers(place, place)));
    }

    private void remember(String owner) {
        ownersLeft.add(owner);
        if (ownersLeft.size() > OWNERS_KEPT) {
            ownersLeft.remove(ownersLeft.iterator().next());
        }
    }

    /**
     * The end is known. A later call can only bring it forward: the final event then takes the place of the one before.
     *
     * @return the final event, if everything before the end was delivered already
     */
    List<MarketEvent> endAt(long offset) {
        if (end.isPresent() && end.getAsLong() <= offset) {
            return List.of();
        }
        end = OptionalLong.of(offset);
        // Of an empty range nothing will come; where it is not known what came, the next record tells.
        return offset <= start || (covered.isPresent() && covered.getAsLong() >= offset)
                ? finish(offset, "unsubscribed")
                : List.of();
    }

    /** It ends where it has come to. */
    List<MarketEvent> end(String detail) {
        if (finished) {
            return List.of();
        }
        end = OptionalLong.of(reached());
        return finish(reached(), detail);
    }

    private List<MarketEvent> acceptRange(FeedRecord record, long place) {
        Covers covers = record.covers();
        long to = Math.min(covers.to(), end.orElse(Long.MAX_VALUE));
        if (to <= place) {
            return List.of();
        }
        List<MarketEvent> events = new ArrayList<>(3);
        long from = Math.min(Math.max(covers.from(), place), to);
        if (from > place) {
            events.add(missing(new Covers(place, from)));
        }
        if (to > from) {
            events.add(event(record, new Covers(from, to)));
        }
        covered = OptionalLong.of(to);
        lost = false;
        if (end.isPresent() && to == end.getAsLong()) {
            events.addAll(finish(to, "unsubscribed"));
        }
        return List.copyOf(events);
    }

    private List<MarketEvent> acceptEnded(FeedRecord.Ended record, long place) {
        List<MarketEvent> events = new ArrayList<>(3);
        long to = Math.max(place, Math.min(record.covers().to(), end.orElse(Long.MAX_VALUE)));
        if (to > place) {
            events.add(missing(new Covers(place, to)));
        }
        finished = true;
        end = OptionalLong.of(to);
        events.add(new MarketEvent.Ended(symbol, new Covers(to, to), record.detail()));
        return List.copyOf(events);
    }

    private MarketEvent missing(Covers covers) {
        return lost
                ? new MarketEvent.Gap(symbol, covers, "deleted from the feed by its retention before they were read")
                : new MarketEvent.Hole(symbol, covers);
    }

    private MarketEvent event(FeedRecord record, Covers covers) {
        return switch (record) {
            case FeedRecord.Ticked ticked -> tick(ticked, covers);
            case FeedRecord.Skipped skipped -> new MarketEvent.Skipped(symbol, covers);
            case FeedRecord.Gap gap -> new MarketEvent.Gap(symbol, covers, gap.detail());
            default -> throw new IllegalArgumentException("says nothing of offsets: " + record);
        };
    }

    private MarketEvent tick(FeedRecord.Ticked ticked, Covers covers) {
        long offset = ticked.offset();
        if (offset < covers.from() || offset >= covers.to()) {
            // The tick was seen, or lies after the end; what remains of its range holds none.
            return new MarketEvent.Skipped(symbol, covers);
        }
        Tick tick = ticked.tick();
        return new MarketEvent.FeedTick(symbol, offset, tick.price(), tick.volume(), tick.timestamp(), covers);
    }

    private List<MarketEvent> finish(long offset, String detail) {
        finished = true;
        return List.of(new MarketEvent.Ended(symbol, new Covers(offset, offset), detail));
    }
}
