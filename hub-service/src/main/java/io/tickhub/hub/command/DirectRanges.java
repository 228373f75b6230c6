package io.tickhub.hub.command;

import io.tickhub.model.Command;
import io.tickhub.model.From;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers SUBSCRIBE with direct delivery: where the ranges begin, and the statistics before them. The client reads the symbols' topics
 * itself, so nothing is written or kept, no quota is needed, and any hub may answer, as often as asked. For one thread.
 */
final class DirectRanges {

    private final CompactedTable<PriceStats> stats;
    private final TickTopicLookup lookup;
    private final Starts starts;

    DirectRanges(CompactedTable<PriceStats> stats, TickTopicLookup lookup) {
        this.stats = stats;
        this.lookup = lookup;
        this.starts = new Starts(lookup);
    }

    Reply begin(Request request, Command.Subscribe command) throws Rejected, InterruptedException {
        Map<Symbol, From> wanted = new HashMap<>();
        // The table goes on meanwhile: what a start is taken from is looked up once.
        Map<Symbol, PriceStats> snapshots = new HashMap<>();
        for (Symbol symbol : command.symbols()) {
            TickTopic topic = lookup.find(symbol);
            wanted.put(symbol, command.from(symbol));
            stats.get(symbol.name())
                    .filter(found -> topic.topicId().equals(found.topicId()))
                    .ifPresent(found -> snapshots.put(symbol, found));
        }
        Map<Symbol, Long> startsBySymbol = starts.of(wanted, snapshots);
        List<Reply.Subscribed.Start> begun = command.symbols().stream()
                .map(symbol -> {
                    long start = startsBySymbol.get(symbol);
                    Optional<PriceStats> snapshot =
                            Optional.ofNullable(snapshots.get(symbol)).filter(found -> found.asOf() == start);
                    return new Reply.Subscribed.Start(symbol, request.id(), start, snapshot);
                })
                .toList();
        Reply reply = new Reply.Subscribed(Optional.empty(), begun);
        Changes.requireFits(reply);
        return reply;
    }
}
