package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The statistics of a symbol counted again from its topic: all ticks are kept, and the figures follow from their definitions in plain
 * BigDecimal.
 */
final class Recount {

    private static final MathContext MANY_DIGITS = new MathContext(100, RoundingMode.HALF_EVEN);

    private final List<Tick> ticks = new ArrayList<>();
    private long rejected;

    private Recount(PriceStats stats, List<ConsumerRecord<byte[], byte[]>> records) {
        TickCodec codec = new TickCodec();
        Punctuality punctuality = new Punctuality();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= stats.since() && record.offset() < stats.asOf()) {
                switch (codec.decode(stats.symbol(), record.value(), Instant.ofEpochMilli(record.timestamp()))) {
                    case Decoded.Valid valid -> {
                        if (punctuality.isInTime(valid.tick())) {
                            ticks.add(valid.tick());
                        } else {
                            rejected++;
                        }
                    }
                    case Decoded.Malformed malformed -> rejected++;
                }
            }
        }
    }

    /** Shows that the statistics are those of the records that stand in the symbol's topic now, of which none was deleted. */
    static void proves(Market market, PriceStats stats) {
        String topic = market.topics().ticks(stats.symbol()).name();
        new Recount(stats, TopicLog.of(market).read(topic)).proves(stats);
    }

    private void proves(PriceStats stats) {
        assertThat(stats.count()).as("count of %s", stats.symbol()).isEqualTo(ticks.size());
        assertThat(stats.rejected()).as("rejected of %s", stats.symbol()).isEqualTo(rejected);
        assertThat(stats.missed()).as("missed of %s", stats.symbol()).isZero();
        assertThat(stats.skipped())
                .as("skipped of %s", stats.symbol())
                .isEqualTo(stats.asOf() - stats.since() - ticks.size() - rejected);

        BigDecimal count = BigDecimal.valueOf(ticks.size());
        BigDecimal prices = sum(Tick::price);
        BigDecimal volume = sum(Tick::volume);
        Comparator<Tick> byPrice = Comparator.comparing(Tick::price);
        assertFigure(
                "min",
                stats.minPrice(),
                ticks.stream().min(byPrice).orElseThrow().price());
        assertFigure(
                "max",
                stats.maxPrice(),
                ticks.stream().max(byPrice).orElseThrow().price());
        assertFigure("average", stats.avgPrice(), quotient(prices, count));
        assertFigure("volume", stats.volume(), volume);
        assertFigure("vwap", stats.vwap(), quotient(sum(tick -> tick.price().multiply(tick.volume())), volume));
        assertFigure("deviation", stats.stdDev(), deviation(prices.divide(count, MANY_DIGITS), count));
        assertFirstAndLast(stats);
    }

    private void assertFirstAndLast(PriceStats stats) {
        Tick first = ticks.get(0);
        Tick last = ticks.get(0);
        for (Tick tick : ticks) {
            first = tick.timestamp().isBefore(first.timestamp()) ? tick : first;
            last = tick.timestamp().isBefore(last.timestamp()) ? last : tick;
        }
        assertFigure("open", stats.openPrice(), first.price());
        assertFigure("last", stats.lastPrice(), last.price());
        assertThat(stats.firstTimestamp()).isEqualTo(first.timestamp());
        assertThat(stats.lastTimestamp()).isEqualTo(last.timestamp());
    }

    private BigDecimal sum(Function<Tick, BigDecimal> field) {
        return ticks.stream().map(field).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal deviation(BigDecimal mean, BigDecimal count) {
        return sum(tick -> tick.price().subtract(mean).pow(2))
                .divide(count, MANY_DIGITS)
                .sqrt(MANY_DIGITS)
                .setScale(12, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, 12, RoundingMode.HALF_EVEN);
    }

    private static void assertFigure(String name, BigDecimal actual, BigDecimal expected) {
        assertThat(actual).as(name).isEqualByComparingTo(expected);
    }
}
