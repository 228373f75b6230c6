package io.tickhub.hub.command;

import io.tickhub.model.Command;
import io.tickhub.model.Symbol;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ends of symbols' topics, where ranges end, asked for once for all commands of a batch: each by itself would make all others wait
 * for an answer of its own. The ends are later than the commands, which is what counts. For one thread.
 */
final class BatchEnds {

    private final TickTopicLookup lookup;
    private Map<Symbol, Long> known = Map.of();

    BatchEnds(TickTopicLookup lookup) {
        this.lookup = lookup;
    }

    /** Looks ahead at what commands of a new batch will ask for; what was known of the former batch is forgotten. */
    void begin(List<Request> batch) throws InterruptedException {
        Set<Symbol> symbols = new LinkedHashSet<>();
        for (Request request : batch) {
            if (request.body() instanceof Request.Body.Valid valid
                    && valid.command() instanceof Command.Unsubscribe unsubscribe) {
                unsubscribe.symbols().stream()
                        .filter(symbol -> lookup.known().find(symbol).isPresent())
                        .forEach(symbols::add);
            }
        }
        try {
            known = lookup.ends(List.copyOf(symbols));
        } catch (Rejected e) {
            // Each command asks for itself and gets its own answer.
            known = Map.of();
        }
    }

    /** The ends at a moment after the batch began. */
    Map<Symbol, Long> of(List<Symbol> symbols) throws Rejected, InterruptedException {
        Map<Symbol, Long> ends = new HashMap<>(known);
        ends.keySet().retainAll(Set.copyOf(symbols));
        ends.putAll(lookup.ends(
                symbols.stream().filter(symbol -> !known.containsKey(symbol)).toList()));
        return ends;
    }
}
