package io.tickhub.benchmarks.rig;

import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the ticks of a subscription arrived, and whether its ranges joined. Thread safe. Its thread ends with the subscription, which
 * it does not own.
 */
public final class Arrivals {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Map<TickName, Long> millis = new ConcurrentHashMap<>();
    private final Map<Symbol, Long> reached = new ConcurrentHashMap<>();
    private final AtomicLong missing = new AtomicLong();

    private final Queue<Long> ages = new ConcurrentLinkedQueue<>();
    private final AtomicLong ticks = new AtomicLong();
    private final Times times;

    private enum Times {
        NOTED,
        AGES,
        FORGOTTEN
    }

    private Arrivals(Times times) {
        this.times = times;
    }

    /** Takes everything from a subscription from now on. */
    public static Arrivals of(Subscription subscription) {
        return take(subscription, Times.NOTED);
    }

    /** The same, of so many ticks that when each came is not to be kept. */
    public static Arrivals counting(Subscription subscription) {
        return take(subscription, Times.FORGOTTEN);
    }

    /** The same, noting only how old each tick is when it comes. */
    public static Arrivals ages(Subscription subscription) {
        return take(subscription, Times.AGES);
    }

    private static Arrivals take(Subscription subscription, Times times) {
        Arrivals arrivals = new Arrivals(times);
        Thread.ofPlatform().daemon().name("arrivals").start(() -> arrivals.take(subscription));
        return arrivals;
    }

    /** How many ticks have come. */
    public long ticks() {
        return ticks.get();
    }

    /** Whether a tick has come. */
    public boolean has(TickName tick) {
        return millis.containsKey(tick);
    }

    /** When a tick came, in milliseconds of this machine's clock. */
    public long millis(TickName tick) {
        return millis.get(tick);
    }

    /** How old each tick was, by its event time, that came since this was last asked. */
    public Latencies takeAges() {
        List<Long> taken = new ArrayList<>();
        for (Long age = ages.poll(); age != null; age = ages.poll()) {
            taken.add(age);
        }
        return Latencies.of(taken);
    }

    /** The offset before which everything of a symbol came; -1 if nothing has. */
    public long reached(Symbol symbol) {
        return reached.getOrDefault(symbol, -1L);
    }

    /** Offsets that were announced as missing, or where the ranges did not join. */
    public long missing() {
        return missing.get();
    }

    /** How long the ticks took that were appended in a span of time, and came. */
    public Latencies since(Map<TickName, Long> appended, Span span) {
        List<Long> took = new ArrayList<>();
        millis.forEach((tick, arrived) -> {
            Long at = appended.get(tick);
            if (at != null && span.holds(at)) {
                took.add(arrived - at);
            }
        });
        return Latencies.of(took);
    }

    private void take(Subscription subscription) {
        try {
            subscription.events(PATIENCE).forEach(this::note);
        } catch (RuntimeException broken) {
            missing.incrementAndGet();
        }
    }

    private void note(MarketEvent event) {
        long now = System.currentTimeMillis();
        Long before = reached.put(event.symbol(), event.covers().to());
        if (before != null && before != event.covers().from()) {
            missing.addAndGet(Math.abs(event.covers().from() - before));
        }
        switch (event) {
            case MarketEvent.FeedTick tick -> {
                ticks.incrementAndGet();
                switch (times) {
                    case NOTED -> millis.put(new TickName(tick.symbol(), tick.offset()), now);
                    case AGES -> ages.add(now - tick.timestamp().toEpochMilli());
                    case FORGOTTEN -> {
                        // Only counted.
                    }
                }
            }
            case MarketEvent.Hole hole ->
                missing.addAndGet(hole.covers().to() - hole.covers().from());
            case MarketEvent.Gap gap ->
                missing.addAndGet(gap.covers().to() - gap.covers().from());
            default -> {
                // Nothing is missing.
            }
        }
    }
}
