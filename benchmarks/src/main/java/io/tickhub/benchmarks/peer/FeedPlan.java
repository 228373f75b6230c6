package io.tickhub.benchmarks.peer;

import io.tickhub.model.ClientId;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Into which feeds the ticks of a symbol are copied: each symbol has as many subscribers of its own, each of them a feed of its own, and
 * whoever forwards writes to the same ones. Immutable.
 *
 * @param topics the names in the cluster
 * @param feedsPerSymbol 1 or more
 */
public record FeedPlan(Topics topics, int feedsPerSymbol) {

    private static final long INCARNATION = 1;

    /** The subscribers of a symbol, whose name must be one that a client can have. */
    public List<ClientId> clients(Symbol symbol) {
        return IntStream.range(0, feedsPerSymbol)
                .mapToObj(number -> new ClientId(symbol + "-" + number))
                .toList();
    }

    /** The feed of one of the subscribers. */
    public Topics.Spec feed(ClientId client) {
        return topics.feed(client, INCARNATION);
    }

    /** The feeds of all subscribers of a symbol, in their order. */
    public List<Topics.Spec> feeds(Symbol symbol) {
        return clients(symbol).stream().map(this::feed).toList();
    }

    /** The id of a subscriber's only subscription. */
    public static String subscription(ClientId client) {
        return "0-" + client;
    }
}
