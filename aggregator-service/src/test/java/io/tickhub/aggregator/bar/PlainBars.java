package io.tickhub.aggregator.bar;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bars computed the plain way: all ticks are kept, sorted into bars, and each figure follows from its definition. */
final class PlainBars {

    private final BarInterval interval;
    private final BarSettings settings;
    private final Map<Instant, List<Taken>> ticksByStart = new TreeMap<>();
    private long outside;
    private Instant newest = Instant.MIN;

    /** A tick and whether its bar was final when it came. */
    private record Taken(long offset, Tick tick, boolean isLate) {}

    PlainBars(BarInterval interval, BarSettings settings) {
        this.interval = interval;
        this.settings = settings;
    }

    void add(long offset, Tick tick) {
        Instant start = start(tick.timestamp());
        Instant end = start.plus(interval.length());
        boolean isLate = !newest.equals(Instant.MIN) && !newest.isBefore(end.plus(settings.lateness()));
        if (!newest.equals(Instant.MIN) && start.isBefore(oldestThatChanges())) {
            outside++;
        } else {
            ticksByStart.computeIfAbsent(start, any -> new ArrayList<>()).add(new Taken(offset, tick, isLate));
        }
        newest = tick.timestamp().isAfter(newest) ? tick.timestamp() : newest;
    }

    long outside() {
        return outside;
    }

    /** The bars as they must stand on the topic when all is published, those aside that the clock has closed. */
    List<Bar> bars() {
        return ticksByStart.entrySet().stream()
                .map(entry -> bar(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Instant oldestThatChanges() {
        Instant oldest = start(newest);
        Duration covered = Duration.ZERO;
        while (covered.compareTo(settings.retention()) < 0) {
            oldest = oldest.minus(interval.length());
            covered = covered.plus(interval.length());
        }
        return oldest;
    }

    private Bar bar(Instant start, List<Taken> taken) {
        Comparator<Taken> byTime =
                Comparator.comparing((Taken each) -> each.tick().timestamp()).thenComparing(Taken::offset);
        Tick open = taken.stream().min(byTime).orElseThrow().tick();
        Tick close = taken.stream().max(byTime).orElseThrow().tick();
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Taken each : taken) {
            volume = volume.add(each.tick().volume());
            turnover = turnover.add(each.tick().price().multiply(each.tick().volume()));
        }
        Instant end = start.plus(interval.length());
        return new Bar(
                open.symbol(),
                "topic-1",
                interval,
                start,
                end,
                newest.isBefore(end.plus(settings.lateness())) ? Bar.State.OPEN : Bar.State.FINAL,
                taken.stream().filter(Taken::isLate).count(),
                open.price(),
                extreme(taken, 1),
                extreme(taken, -1),
                close.price(),
                volume,
                volume.signum() == 0 ? null : plain(turnover.divide(volume, 12, RoundingMode.HALF_EVEN)),
                plain(turnover),
                taken.size(),
                open.timestamp(),
                close.timestamp(),
                taken.stream().mapToLong(Taken::offset).max().orElseThrow() + 1);
    }

    /** The first by offset of the highest prices, or of the lowest. */
    private static BigDecimal extreme(List<Taken> taken, int sign) {
        BigDecimal found = taken.getFirst().tick().price();
        for (Taken each : taken) {
            found = each.tick().price().compareTo(found) * sign > 0
                    ? each.tick().price()
                    : found;
        }
        return found;
    }

    private Instant start(Instant time) {
        long secondsInto = Duration.between(Instant.EPOCH, time).toSeconds();
        long seconds = interval.length().toSeconds();
        return Instant.EPOCH.plusSeconds(secondsInto - Math.floorMod(secondsInto, seconds));
    }

    private static BigDecimal plain(BigDecimal value) {
        return new BigDecimal(value.stripTrailingZeros().toPlainString());
    }
}
