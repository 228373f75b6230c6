package io.tickhub.aggregator.bar;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bars of one symbol and one interval that can still change. For one thread.
 *
 * <p>What can change follows from the newest event time alone, the symbol's clock: the bar to which it belongs and some before that.
 * What is final follows from it too. So where the worker published, and when, leaves no trace in a final bar.
 */
final class BarSeries {

    private final BarInterval interval;
    private final int kept;
    private final Duration lateness;
    private final long firstSlot;
    private final NavigableMap<Long, HeldBar> bars = new TreeMap<>();
    private final NavigableMap<Long, HeldBar> unpublished = new TreeMap<>();
    private final List<BarSeries> longer = new ArrayList<>();
    private Optional<BarPiece> waiting = Optional.empty();
    private Instant waitingClock = Instant.MIN;
    private long settledSlot = Long.MIN_VALUE;
    /** Bars up to this one can no longer change. */
    private long goneSlot = Long.MIN_VALUE;

    private long outside;

    /** Without bars; those before {@code firstSlot} are not built. */
    BarSeries(BarInterval interval, BarSettings settings, long firstSlot) {
        this.interval = interval;
        this.kept = settings.kept(interval);
        this.lateness = settings.lateness();
        this.firstSlot = firstSlot;
    }

    /** Goes on with what was saved. */
    BarSeries(SavedBars.Series saved, BarSettings settings) {
        this(
                saved.interval(),
                settings,
                saved.from().map(saved.interval()::slot).orElse(Long.MIN_VALUE));
        outside = saved.outside();
        for (String text : saved.bars()) {
            HeldBar bar = HeldBar.parse(interval, text);
            bars.put(bar.slot(), bar);
        }
    }

    BarInterval interval() {
        return interval;
    }

    /** Ticks that are in no bar of this interval: they came too late for it. */
    long outside() {
        return outside;
    }

    void countOutsideAfresh() {
        outside = 0;
    }

    /** Whether the bar of a time can no longer change. */
    boolean isGone(Instant time, Instant clock) {
        return interval.slot(time) <= interval.slot(clock) - kept;
    }

    /** Whether the bar of a time is over by the symbol's event time. */
    boolean isOver(Instant time, Instant clock) {
        return interval.slot(time) <= finalSlot(clock);
    }

    /** The other's ticks come from here; each of its bars lasts as long as some of these. */
    void feed(BarSeries other) {
        longer.add(other);
    }

    /**
     * Takes ticks of one bar; {@code clock} is the newest event time, theirs included. Those of one bar wait for each other, until
     * {@link #flush}: as long as they follow each other, what the clock says of their bar cannot change.
     */
    void add(BarPiece piece, Instant clock) {
        if (waiting.isPresent() && interval.slot(waiting.get().openTime()) == interval.slot(piece.openTime())) {
            waiting = Optional.of(waiting.get().join(piece));
        } else {
            flush();
            waiting = Optional.of(piece);
        }
        waitingClock = clock;
    }

    /** Brings the ticks that wait into their bar, and hands them on. */
    void flush() {
        if (waiting.isPresent()) {
            BarPiece piece = waiting.get();
            waiting = Optional.empty();
            take(piece, waitingClock);
            settle(waitingClock);
            for (BarSeries each : longer) {
                each.add(piece, waitingClock);
            }
        }
    }

    private void take(BarPiece piece, Instant clock) {
        long slot = interval.slot(piece.openTime());
        if (slot < firstSlot || isGone(piece.openTime(), clock)) {
            outside += piece.count();
            return;
        }
        HeldBar before = bars.get(slot);
        boolean isLate = slot <= finalSlot(clock) || (before != null && before.state() == Bar.State.FINAL);
        if (before == null) {
            put(new HeldBar(slot, piece, isLate ? Bar.State.FINAL : Bar.State.OPEN, isLate ? piece.count() : 0));
        } else {
            put(isLate ? before.revised(piece) : before.grown(piece));
        }
    }

    /** Closes what has become final, and lets go of what can no longer change. */
    private void settle(Instant clock) {
        long nowFinal = finalSlot(clock);
        if (nowFinal > settledSlot) {
            for (Map.Entry<Long, HeldBar> entry :
                    bars.subMap(settledSlot, false, nowFinal, true).entrySet()) {
                if (entry.getValue().state() != Bar.State.FINAL) {
                    HeldBar closed = entry.getValue().in(Bar.State.FINAL);
                    entry.setValue(closed);
                    unpublished.put(closed.slot(), closed);
                }
            }
            settledSlot = nowFinal;
        }
        goneSlot = Math.max(goneSlot, interval.slot(clock) - kept);
        while (!bars.isEmpty() && bars.firstKey() <= goneSlot) {
            bars.pollFirstEntry();
        }
    }

    /** When the first of the open bars may be closed by the clock, if no tick comes. */
    Optional<Instant> closesAt() {
        for (HeldBar bar : bars.tailMap(settledSlot, false).values()) {
            if (bar.state() == Bar.State.OPEN) {
                return Optional.of(closesAt(bar));
            }
        }
        return Optional.empty();
    }

    /** Closes provisionally what is over by the clock. */
    void closeOver(Instant now) {
        bars.tailMap(settledSlot, false).values().stream()
                .filter(bar -> bar.state() == Bar.State.OPEN && !closesAt(bar).isAfter(now))
                .map(bar -> bar.in(Bar.State.PROVISIONAL))
                .toList()
                .forEach(this::put);
    }

    /** What has changed since the last publication, in order. */
    Collection<HeldBar> unpublished() {
        return unpublished.values();
    }

    void published() {
        unpublished.clear();
    }

    /** A bar that is gone is not begun afresh by whoever goes on and keeps bars for longer. */
    SavedBars.Series toSaved() {
        long first = goneSlot == Long.MIN_VALUE ? firstSlot : Math.max(firstSlot, goneSlot + 1);
        return new SavedBars.Series(
                interval,
                first == Long.MIN_VALUE ? Optional.empty() : Optional.of(interval.start(first)),
                outside,
                bars.values().stream().map(bar -> bar.toText(interval)).toList());
    }

    private void put(HeldBar bar) {
        bars.put(bar.slot(), bar);
        unpublished.put(bar.slot(), bar);
    }

    private Instant closesAt(HeldBar bar) {
        return interval.start(bar.slot() + 1).plus(lateness);
    }

    /** The number of the last bar that is over by the symbol's event time. */
    private long finalSlot(Instant clock) {
        return interval.slot(clock.minus(lateness)) - 1;
    }
}
