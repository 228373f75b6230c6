package io.tickhub.hub.command;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.From;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.OffsetSpec;

/**
 * Where the ranges of new subscriptions begin: each {@link From} becomes an offset at once, so that what a subscription holds is
 * arithmetic from then on. For one thread.
 */
final class Starts {

    private final TickTopicLookup lookup;

    Starts(TickTopicLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The first offsets of ranges.
     *
     * @param wanted where each is to begin
     * @param snapshots the statistics that there are: what is live begins where they end
     * @throws Rejected if an offset lies beyond the end of its topic, or Kafka does not answer in time
     */
    Map<Symbol, Long> of(Map<Symbol, From> wanted, Map<Symbol, PriceStats> snapshots)
            throws Rejected, InterruptedException {
        Map<Symbol, OffsetSpec> ends = new HashMap<>();
        Map<Symbol, OffsetSpec> others = new HashMap<>();
        wanted.forEach((symbol, from) -> {
            if (!(from instanceof From.Live) || !snapshots.containsKey(symbol)) {
                ends.put(symbol, OffsetSpec.latest());
            }
            other(from).ifPresent(spec -> others.put(symbol, spec));
        });
        Map<Symbol, Long> end = lookup.offsets(ends);
        Map<Symbol, Long> other = lookup.offsets(others);
        Map<Symbol, Long> starts = new HashMap<>();
        for (Map.Entry<Symbol, From> each : wanted.entrySet()) {
            Symbol symbol = each.getKey();
            long start =
                    switch (each.getValue()) {
                        case From.Live live ->
                            snapshots.containsKey(symbol)
                                    ? snapshots.get(symbol).asOf()
                                    : end.get(symbol);
                        case From.Earliest earliest -> other.get(symbol);
                        case From.Last newest -> Math.max(other.get(symbol), end.get(symbol) - newest.records());
                        // None is as new: then with the next that arrives.
                        case From.Time since -> other.get(symbol) < 0 ? end.get(symbol) : other.get(symbol);
                        case From.Offset at -> within(symbol, at.offset(), end.get(symbol));
                    };
            starts.put(symbol, start);
        }
        return starts;
    }

    /** What must be known of the topic besides its end. */
    private static Optional<OffsetSpec> other(From from) {
        return switch (from) {
            case From.Earliest earliest -> Optional.of(OffsetSpec.earliest());
            case From.Last newest -> Optional.of(OffsetSpec.earliest());
            // Numbers below zero have meanings of their own in Kafka's protocol.
            case From.Time since ->
                Optional.of(OffsetSpec.forTimestamp(Math.max(0, since.arrival().toEpochMilli())));
            case From.Live live -> Optional.empty();
            case From.Offset at -> Optional.empty();
        };
    }

    private static long within(Symbol symbol, long offset, long end) throws Rejected {
        if (offset > end) {
            throw new Rejected(
                    ErrorCode.BAD_REQUEST,
                    "offset " + offset + " of " + symbol + " lies beyond the end of its topic, " + end
                            + "; was the topic deleted and made again?");
        }
        return offset;
    }
}
