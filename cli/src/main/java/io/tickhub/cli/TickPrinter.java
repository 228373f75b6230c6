package io.tickhub.cli;

import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prints a subscription's ticks, one a line, with the running average of each symbol; what is missing goes to {@code err}. For one
 * thread.
 */
final class TickPrinter {

    /** How ticks look. */
    enum Form {
        /** Aligned columns under a heading. */
        TEXT,
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

    private final PrintWriter out;
    private final PrintWriter err;
    private final Form form;
    private final Averages wanted;
    private final Map<Symbol, RunningAverage> averages = new HashMap<>();
    private long ticks;

    TickPrinter(PrintWriter out, PrintWriter err, Form form, Averages wanted) {
        this.out = out;
        this.err = err;
        this.form = form;
        this.wanted = wanted;
    }

    /** Begins the averages with the snapshots. */
    void begin(Subscription subscription) {
        for (Symbol symbol : subscription.symbols()) {
            subscription.snapshot(symbol).ifPresent(snapshot -> {
                RunningAverage average = new RunningAverage();
                average.begin(snapshot);
                averages.put(symbol, average);
            });
        }
        if (form == Form.TEXT) {
            out.printf(COLUMNS, "SYMBOL", "PRICE", "VOLUME", "TIME", wanted == Averages.SHOWN ? "AVERAGE" : "");
        }
    }

    /** How many ticks have been printed. */
    long ticks() {
        return ticks;
    }

    void print(MarketEvent event) {
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
            case TEXT ->
                out.printf(
                        COLUMNS,
                        tick.symbol(),
                        tick.price().toPlainString(),
                        tick.volume().toPlainString(),
                        tick.timestamp(),
                        average.map(BigDecimal::stripTrailingZeros)
                                .map(BigDecimal::toPlainString)
                                .orElse(""));
            case JSON ->
                out.println(Json.writeLine(new Line(
                        tick.symbol(), tick.offset(), tick.price(), tick.volume(), tick.timestamp(), average)));
        }
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
