package io.tickhub.client.verify;

import io.tickhub.model.PriceStats;
import io.tickhub.model.SourceIds;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The statistics of ticks in plain BigDecimal. The deviation comes from the prices' distances to the first price (Chan, Golub, LeVeque:
 * Algorithms for Computing the Sample Variance, The American Statistician 37, 1983, shifted data), with far more digits than are shown.
 * For one thread.
 */
final class PlainStatistics {

    private static final int DECIMALS = 12;
    private static final MathContext MANY_DIGITS = new MathContext(120, RoundingMode.HALF_EVEN);

    /** As the protocol promises. */
    private static final BigDecimal VOLATILITY_ERROR = new BigDecimal("1e-12");

    private static final long MOST_SECONDS = 60;
    private static final int MOST_SOURCES = 32;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private long count;
    private long rejected;
    private long late;
    private BigDecimal shift = BigDecimal.ZERO;
    private BigDecimal shifted = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal turnover = BigDecimal.ZERO;
    private final NavigableMap<Long, Long> ticksBySecond = new TreeMap<>();
    private final Map<String, SourceIds> sources = new TreeMap<>();
    private final PlainVolatility volatility = new PlainVolatility();
    private final List<PercentileRecount> percentiles = new ArrayList<>();
    private Optional<Tick> lowest = Optional.empty();
    private Optional<Tick> highest = Optional.empty();
    private Optional<Tick> first = Optional.empty();
    private Optional<Tick> last = Optional.empty();

    /** @param stats with which it will be compared */
    PlainStatistics(PriceStats stats) {
        expect("volumeP50", 50, stats.volumeP50());
        expect("volumeP90", 90, stats.volumeP90());
        expect("volumeP99", 99, stats.volumeP99());
    }

    /** Where a version that did not have them began to count, there are none. */
    private void expect(String name, int percent, BigDecimal published) {
        if (published != null) {
            percentiles.add(new PercentileRecount(name, percent, published));
        }
    }

    void reject() {
        rejected++;
    }

    void late() {
        late++;
    }

    void add(Tick tick) {
        if (count == 0) {
            shift = tick.price();
        }
        count++;
        BigDecimal distance = tick.price().subtract(shift);
        shifted = shifted.add(distance);
        squares = squares.add(distance.pow(2));
        volume = volume.add(tick.volume());
        turnover = turnover.add(tick.price().multiply(tick.volume()));
        ticksBySecond.merge(tick.timestamp().getEpochSecond(), 1L, Long::sum);
        ticksBySecond.headMap(ticksBySecond.lastKey() - MOST_SECONDS, true).clear();
        follow(tick);
        volatility.add(tick.price());
        percentiles.forEach(each -> each.add(tick.volume()));
        lowest = better(lowest, tick, Comparator.comparing(Tick::price).reversed());
        highest = better(highest, tick, Comparator.comparing(Tick::price));
        first = better(first, tick, Comparator.comparing(Tick::timestamp).reversed());
        // Of equal times the one that came last.
        last = last.filter(before -> before.timestamp().isAfter(tick.timestamp()))
                .or(() -> Optional.of(tick));
    }

    /** The ids themselves are compared one by one; what that means says the model. */
    private void follow(Tick tick) {
        if (!NUMBER.matcher(tick.id()).matches()) {
            return;
        }
        long id = Long.parseLong(tick.id());
        if (sources.containsKey(tick.source())) {
            sources.computeIfPresent(tick.source(), (source, ids) -> ids.next(id));
        } else if (sources.size() < MOST_SOURCES) {
            sources.put(tick.source(), SourceIds.first(id));
        }
    }

    private BigDecimal ticksPerSecond(long seconds) {
        long ticks = ticksBySecond.tailMap(ticksBySecond.lastKey() - seconds, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return quotient(BigDecimal.valueOf(ticks), BigDecimal.valueOf(seconds));
    }

    void compare(PriceStats stats, Differences differences) {
        String where = stats.symbol() + " statistics:";
        differences.value(where, "count", stats.count(), count);
        differences.value(where, "rejected", stats.rejected(), rejected);
        differences.value(where, "late", stats.late(), late);
        differences.value(
                where,
                "count + rejected + missed + skipped",
                stats.count() + stats.rejected() + stats.missed() + stats.skipped(),
                stats.asOf() - stats.since());
        differences.figure(where, "volume", stats.volume(), volume);
        if (count == 0 || stats.count() != count) {
            return;
        }
        BigDecimal n = BigDecimal.valueOf(count);
        differences.figure(where, "minPrice", stats.minPrice(), price(lowest));
        differences.figure(where, "maxPrice", stats.maxPrice(), price(highest));
        differences.figure(where, "openPrice", stats.openPrice(), price(first));
        differences.figure(where, "lastPrice", stats.lastPrice(), price(last));
        differences.figure(where, "avgPrice", stats.avgPrice(), quotient(shifted.add(shift.multiply(n)), n));
        differences.figure(where, "vwap", stats.vwap(), volume.signum() == 0 ? null : quotient(turnover, volume));
        differences.figure(where, "stdDev", stats.stdDev(), deviation(n));
        differences.value(
                where,
                "firstTimestamp",
                stats.firstTimestamp(),
                first.orElseThrow().timestamp());
        differences.value(
                where,
                "lastTimestamp",
                stats.lastTimestamp(),
                last.orElseThrow().timestamp());
        BigDecimal ratio = price(last).divide(price(first), MANY_DIGITS);
        differences.figure(
                where,
                "priceReturn",
                stats.priceReturn(),
                ratio.subtract(BigDecimal.ONE).setScale(DECIMALS, RoundingMode.HALF_EVEN));
        percentiles.forEach(each -> each.compare(where, count, differences));
        // Where a version that did not have it began to count, there is none.
        if (stats.realizedVolatility() != null) {
            differences.near(
                    where, "realizedVolatility", stats.realizedVolatility(), volatility.figure(), VOLATILITY_ERROR);
        }
        differences.figure(where, "ticksPerSecond10s", stats.ticksPerSecond10s(), ticksPerSecond(10));
        differences.figure(where, "ticksPerSecond60s", stats.ticksPerSecond60s(), ticksPerSecond(MOST_SECONDS));
        differences.value(where, "sources", stats.sources(), sources);
        differences.figure(where, "durationSeconds", stats.durationSeconds(), seconds());
    }

    private BigDecimal deviation(BigDecimal n) {
        return squares.subtract(shifted.pow(2).divide(n, MANY_DIGITS))
                .max(BigDecimal.ZERO)
                .divide(n, MANY_DIGITS)
                .sqrt(MANY_DIGITS)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    private BigDecimal seconds() {
        Duration duration = Duration.between(
                first.orElseThrow().timestamp(), last.orElseThrow().timestamp());
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private static Optional<Tick> better(Optional<Tick> present, Tick tick, Comparator<Tick> order) {
        return present.filter(before -> order.compare(before, tick) >= 0).or(() -> Optional.of(tick));
    }

    private static BigDecimal price(Optional<Tick> tick) {
        return tick.orElseThrow().price();
    }

    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, DECIMALS, RoundingMode.HALF_EVEN);
    }
}
