package io.tickhub.aggregator.bar;

import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Bar;
import io.tickhub.model.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bars of one symbol, of all intervals. For one thread: the worker that owns the symbol.
 *
 * <p>Ticks that follow each other within one bar of the shortest interval are added up once, as a {@link TickRun}; runs that follow each other within
 * one bar of a longer interval are joined before they go there, and so on, which is exact because sums are. Whether a bar is final, or can no longer
 * change, is the same for all ticks of a run: none of them moves the symbol's clock past the end of its own bar. So it does not matter where a run is cut.
 */
public final class SymbolBars {

    /** Before every tick. */
    private static final Instant BEFORE_ALL = Instant.parse("-0001-01-01T00:00:00Z");

    private final Symbol symbol;
    private final String topicId;
    private final BarSettings settings;
    private final List<BarSeries> series;
    private Instant clock;
    private Optional<TickRun> run = Optional.empty();
    private boolean isRunLate;
    private boolean isFirstEndKnown;
    private Optional<Instant> firstEnd = Optional.empty();
    private long late;

    /**
     * Goes on with what was saved. The bars of an interval of which nothing was saved begin with the bar after the newest tick, if
     * ticks were counted before: a bar without its first ticks would not be true.
     *
     * @param clock newest event time that was counted; empty if nothing was
     */
    public SymbolBars(Symbol symbol, String topicId, BarSettings settings, SavedBars saved, Optional<Instant> clock) {
        this.symbol = symbol;
        this.topicId = topicId;
        this.settings = settings;
        this.clock = clock.orElse(BEFORE_ALL);
        this.late = saved.late();
        this.series = settings.intervals().stream()
                .map(interval -> saved.of(interval)
                        .map(found -> new BarSeries(found, settings))
                        .orElseGet(() -> new BarSeries(
                                interval,
                                settings,
                                clock.map(time -> interval.slot(time) + 1).orElse(Long.MIN_VALUE))))
                .toList();
        feedLongerOnes();
    }

    /** Each interval gets its ticks from the longest one of which it is a multiple, joined as far as they can be. */
    private void feedLongerOnes() {
        for (int i = 1; i < series.size(); i++) {
            int from = i - 1;
            while (series.get(i).interval().seconds()
                            % series.get(from).interval().seconds()
                    != 0) {
                from--;
            }
            series.get(from).feed(series.get(i));
        }
    }

    /** Whether a tick of this time comes too late for the bars of every interval. */
    public boolean isTooLate(Instant time) {
        return time.isBefore(clock) && !series.isEmpty() && series.getLast().isGone(time, clock);
    }

    /** Takes in a tick that is not too late; offsets rise. */
    public void add(long offset, Trade trade) {
        if (series.isEmpty()) {
            return;
        }
        Instant time = trade.timestamp();
        if (run.isPresent() && run.get().holds(time)) {
            run.get().add(offset, trade);
        } else {
            handOnRun();
            isRunLate = series.getFirst().isOver(time, clock);
            run = Optional.of(new TickRun(series.getFirst().interval(), offset, trade));
        }
        if (isRunLate) {
            late++;
        }
        if (time.isAfter(clock)) {
            clock = time;
        }
    }

    /** Brings all ticks into their bars. Call it before asking for anything. */
    public void endRun() {
        isFirstEndKnown = false;
        handOnRun();
        // Shortest first: each hands on what it has to longer ones.
        series.forEach(BarSeries::flush);
    }

    private void handOnRun() {
        if (run.isPresent()) {
            isFirstEndKnown = false;
            series.getFirst().add(run.get().piece(), clock);
            run = Optional.empty();
        }
    }

    /** When a bar is to be closed by the clock, if no tick has come since {@code lastArrival}; empty if none is open. */
    public Optional<Instant> closesAt(Instant lastArrival) {
        if (!isFirstEndKnown) {
            isFirstEndKnown = true;
            firstEnd = series.stream().flatMap(each -> each.closesAt().stream()).min(Comparator.naturalOrder());
        }
        Instant quiet = lastArrival.plus(settings.lateness());
        return firstEnd.map(end -> end.isBefore(quiet) ? quiet : end);
    }

    /** Closes provisionally what is over by the clock; only where the symbol is quiet. */
    public void closeOver(Instant now) {
        isFirstEndKnown = false;
        series.forEach(each -> each.closeOver(now));
    }

    /** How many bars wait to be published, those of the last ticks left aside. */
    public int unpublishedCount() {
        int all = 0;
        for (BarSeries each : series) {
            all += each.unpublished().size();
        }
        return all;
    }

    /** The bars that have changed since the last publication, shortest interval first. */
    public List<Bar> unpublished() {
        List<Bar> unpublished = new ArrayList<>();
        for (BarSeries each : series) {
            for (HeldBar bar : each.unpublished()) {
                unpublished.add(bar.publish(symbol, topicId, each.interval()));
            }
        }
        return unpublished;
    }

    /** What was unpublished is final in Kafka. */
    public void published() {
        series.forEach(BarSeries::published);
    }

    /** Ticks that came when their bar of the shortest interval was final already. */
    public long late() {
        return late;
    }

    /** By interval, the ticks that are in none of its bars; intervals without any are left out. */
    public Map<String, Long> outside() {
        return series.stream()
                .filter(each -> each.outside() > 0)
                .collect(Collectors.toMap(each -> each.interval().text(), BarSeries::outside));
    }

    /** Counts late ticks from 0 on, because the statistics in which they are told begin afresh; {@link #endRun} first. */
    public void countLateAfresh() {
        late = 0;
        series.forEach(BarSeries::countOutsideAfresh);
    }

    public SavedBars toSaved() {
        return new SavedBars(late, series.stream().map(BarSeries::toSaved).toList());
    }
}
