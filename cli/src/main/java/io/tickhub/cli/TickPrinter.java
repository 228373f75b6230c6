package io.tickhub.cli;

import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prints a subscription's ticks, one a line, with the running average of each symbol; what is missing goes to {@code err}. For one
 * thread.
 */
final class TickPrinter implements TickView {

    /** How ticks look. */
    enum Form {
        /** Aligned columns under a heading. */
        TEXT,
        /** The same, for a terminal of 80 columns: the time of day only. */
        NARROW,
        /** One JSON object a line. */
        JSON
    }

    /** Whether the running average of each symbol is printed: not where ticks are left out, as it would be none of all ticks. */
    enum Averages {
        SHOWN,
        LEFT_OUT
    }

    private record Line(
            Symbol symbol,
            long offset,
            BigDecimal price,
            BigDecimal volume,
            Instant timestamp,
            Optional<BigDecimal> average) {}

    private static final String COLUMNS = "%-10s %14s %14s  %-30s %s%n";
    private static final String NARROW_COLUMNS = "%-10s %14s %14s  %-15s %s%n";
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final PrintWriter err;
    private final Form form;
    private final Averages wanted;
    private final Map<Symbol, RunningAverage> averages = new HashMap<>();
    private long ticks;
    private boolean watched = true;

    TickPrinter(PrintWriter out, PrintWriter err, Form form, Averages wanted) {
        this.out = out;
        this.err = err;
        this.form = form;
        this.wanted = wanted;
    }

    @Override
    public void begin(Subscription subscription) {
        for (Symbol symbol : subscription.symbols()) {
            subscription.snapshot(symbol).ifPresent(snapshot -> {
                RunningAverage average = new RunningAverage();
                average.begin(snapshot);
                averages.put(symbol, average);
            });
        }
        String average = wanted == Averages.SHOWN ? "AVERAGE" : "";
        switch (form) {
            case TEXT -> out.printf(COLUMNS, "SYMBOL", "PRICE", "VOLUME", "TIME", average);
            case NARROW -> out.printf(NARROW_COLUMNS, "SYMBOL", "PRICE", "VOLUME", "TIME (UTC)", average);
            case JSON -> {}
        }
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public void show() {
        out.flush();
        // As behind "| head".
        watched = !System.out.checkError();
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public PrintWriter notices() {
        return err;
    }

    @Override
    public void close() {
        out.flush();
    }

    @Override
    public void print(MarketEvent event) {
        switch (event) {
            case MarketEvent.FeedTick tick -> print(tick);
            case MarketEvent.Skipped skipped -> {}
            case MarketEvent.Gap gap -> tell(gap.symbol() + ": offsets " + gap.covers() + " are lost: " + gap.detail());
            case MarketEvent.Hole hole ->
                tell(hole.symbol() + ": offsets " + hole.covers() + " are missing from the feed");
            case MarketEvent.Begun begun ->
                tell(begun.symbol() + ": begins at offset " + begun.covers().from());
            case MarketEvent.Stale stale -> tell(stale.symbol() + ": stale: " + stale.detail());
            case MarketEvent.Recovered recovered -> tell(recovered.symbol() + ": goes on");
            case MarketEvent.Ended ended -> tell(ended.symbol() + ": ended: " + ended.detail());
        }
    }

    private void print(MarketEvent.FeedTick tick) {
        ticks++;
        Optional<BigDecimal> average = wanted == Averages.SHOWN ? Optional.of(average(tick)) : Optional.empty();
        switch (form) {
            case TEXT -> print(COLUMNS, tick, tick.timestamp().toString(), average);
            case NARROW -> print(NARROW_COLUMNS, tick, TIME_OF_DAY.format(tick.timestamp()), average);
            case JSON ->
                out.println(Json.writeLine(new Line(
                        tick.symbol(), tick.offset(), tick.price(), tick.volume(), tick.timestamp(), average)));
        }
    }

    private void print(String columns, MarketEvent.FeedTick tick, String time, Optional<BigDecimal> average) {
        out.printf(
                columns,
                tick.symbol(),
                tick.price().toPlainString(),
                tick.volume().toPlainString(),
                time,
                average.map(BigDecimal::stripTrailingZeros)
                        .map(BigDecimal::toPlainString)
                        .orElse(""));
    }

    private BigDecimal average(MarketEvent.FeedTick tick) {
        RunningAverage average = averages.computeIfAbsent(tick.symbol(), symbol -> new RunningAverage());
        average.add(tick.price());
        return average.value();
    }

    private void tell(String sentence) {
        err.println("tickhub: " + sentence);
        err.flush();
    }
}
