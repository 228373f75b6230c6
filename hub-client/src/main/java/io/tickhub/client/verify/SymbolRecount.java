package io.tickhub.client.verify;

import io.tickhub.client.verify.Verdict.Extent;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Decoded;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Statistics and bars of one symbol counted again from the records of its topic, in order. For one thread. */
final class SymbolRecount {

    private final PriceStats stats;
    private final BarRules rules;
    private final List<IntervalRecount> intervals;
    private final long from;
    private final TickCodec codec = new TickCodec();
    private final PlainStatistics statistics;
    private Instant newest = Instant.MIN;
    private long ticks;

    /**
     * @param intervals shortest first
     * @param from first offset that is read: of a part, statistics cannot be compared, nor bars that may have begun before
     */
    SymbolRecount(PriceStats stats, BarRules rules, List<IntervalRecount> intervals, long from) {
        this.stats = stats;
        this.statistics = new PlainStatistics(stats);
        this.rules = rules;
        this.intervals = intervals;
        this.from = from;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        boolean isCovered = record.offset() >= stats.since() && record.offset() < stats.asOf();
        switch (codec.decode(stats.symbol(), record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            case Decoded.Malformed malformed -> reject(isCovered);
            case Decoded.Valid valid -> {
                if (isTooLate(valid.tick())) {
                    reject(isCovered);
                } else {
                    add(record.offset(), valid.tick(), isCovered);
                }
            }
        }
    }

    private void reject(boolean isCovered) {
        if (isCovered) {
            statistics.reject();
        }
    }

    private void add(long offset, Tick tick, boolean isCovered) {
        if (!hasAllBars() && newest.equals(Instant.MIN)) {
            // Of two sources the one that is ahead has made bars before what is read, and the first tick may be of the
            // other.
            Instant reached = intervals.stream()
                    .map(each -> each.newestBefore(from))
                    .filter(time -> time.isAfter(tick.timestamp()))
                    .max(Comparator.naturalOrder())
                    .orElse(tick.timestamp());
            Instant complete = reached.plus(rules.retention());
            intervals.forEach(each -> each.completeFrom(complete));
        }
        if (isCovered) {
            ticks++;
            statistics.add(tick);
            if (isLate(tick)) {
                statistics.late();
            }
        }
        intervals.forEach(each -> each.add(offset, tick, newest));
        newest = tick.timestamp().isAfter(newest) ? tick.timestamp() : newest;
    }

    private boolean isLate(Tick tick) {
        return shortest()
                .filter(interval -> !newest.equals(Instant.MIN))
                .map(interval -> rules.isFinal(BarRules.start(tick.timestamp(), interval), interval, newest))
                .orElse(false);
    }

    private boolean isTooLate(Tick tick) {
        return longest()
                .filter(interval -> !newest.equals(Instant.MIN))
                .map(interval -> !rules.changes(BarRules.start(tick.timestamp(), interval), interval, newest))
                .orElse(false);
    }

    private Optional<BarInterval> shortest() {
        return intervals.stream().map(IntervalRecount::interval).min(Comparator.naturalOrder());
    }

    private Optional<BarInterval> longest() {
        return intervals.stream().map(IntervalRecount::interval).max(Comparator.naturalOrder());
    }

    /** Whether what the aggregator has read first is read here too; a session's statistics begin later. */
    private boolean hasAllBars() {
        return from == 0 || from == stats.since();
    }

    private boolean isWhole() {
        return from <= stats.since();
    }

    Verdict verdict() {
        Differences differences = new Differences();
        if (isWhole()) {
            statistics.compare(stats, differences);
        }
        long bars = 0;
        for (IntervalRecount each : intervals) {
            long outside = stats.outside().getOrDefault(each.interval().text(), 0L);
            bars += each.compare(stats.symbol(), newest, outside, differences);
        }
        return new Verdict(
                stats.symbol(),
                isWhole() ? Extent.WHOLE : Extent.PART,
                from,
                stats.asOf(),
                ticks,
                bars,
                differences.count(),
                differences.sentences());
    }
}
