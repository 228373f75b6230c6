package io.tickhub.hub.command;

import io.tickhub.hub.feed.FeedLags;
import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers from the tables; changes nothing. Lists come as JSON, as much as fits into a reply. For one thread. */
final class Queries {

    private static final int MOST_WRITTEN = 10_000;

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final FeedLags lags;
    private final Duration lease;
    /** What was asked for last of each symbol, and its JSON: much of it has not changed when somebody else asks. */
    private final Map<Symbol, Map.Entry<PriceStats, byte[]>> written = new HashMap<>();

    /**
     * @param lags not owned
     * @param lease how long a silent client keeps its subscriptions
     */
    Queries(ServiceRuntime runtime, HubTables tables, FeedLags lags, Duration lease) {
        this.runtime = runtime;
        this.tables = tables;
        this.lags = lags;
        this.lease = lease;
    }

    Reply ping() {
        return new Reply.Pong(
                runtime.config().instance(),
                Version.CURRENT,
                Role.HUB.text(),
                Duration.between(runtime.startedAt(), Instant.now()));
    }

    /** The JSON of {@link Reply.Stats}. */
    byte[] stats(Command.GetStats query) {
        Collection<Symbol> wanted = query.symbols().isEmpty()
                ? tables.stats().values().stream().map(PriceStats::symbol).toList()
                : query.symbols();
        List<PriceStats> found = wanted.stream()
                .filter(symbol ->
                        query.after().map(after -> symbol.compareTo(after) > 0).orElse(true))
                .sorted()
                .flatMap(symbol -> tables.stats().get(symbol.name()).stream())
                .toList();
        JsonPage page = new JsonPage();
        return page.in(new Reply.Stats(
                List.of(), last(found, stats -> page.add(json(stats))).map(PriceStats::symbol)));
    }

    @SuppressWarnings("ReferenceEquality") // the table keeps them until there are others
    private byte[] json(PriceStats stats) {
        if (written.size() > MOST_WRITTEN) {
            written.clear();
        }
        return written.compute(
                        stats.symbol(),
                        (symbol, known) ->
                                known != null && known.getKey() == stats ? known : Map.entry(stats, Json.write(stats)))
                .getValue();
    }

    /** The JSON of {@link Reply.Symbols}. */
    byte[] symbols(Command.ListSymbols query) {
        List<Symbol> found = runtime.tickTopics().current().bySymbol().entrySet().stream()
                .filter(entry -> entry.getValue().isUsable())
                .map(Map.Entry::getKey)
                .filter(symbol ->
                        query.after().map(after -> symbol.compareTo(after) > 0).orElse(true))
                .toList();
        JsonPage page = new JsonPage();
        return page.in(new Reply.Symbols(List.of(), last(found, element -> page.add(Json.write(element)))));
    }

    /**
     * The JSON of {@link Reply.Subscriptions}.
     *
     * @param identity a client that is known for sure: it sees its own only
     */
    byte[] subscriptions(Command.ListSubscriptions query, Optional<ClientId> identity) {
        List<Subscription> found = tables.subscriptions().values().stream()
                .filter(subscription ->
                        identity.map(subscription.client()::equals).orElse(true))
                .filter(subscription -> query.after()
                        .map(after -> subscription.key().compareTo(after) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(Subscription::key))
                .toList();
        JsonPage page = new JsonPage();
        return page.in(new Reply.Subscriptions(
                List.of(),
                last(found, subscription -> page.add(Json.write(held(subscription))))
                        .map(Subscription::key)));
    }

    /**
     * Adds one element after the other to a page.
     *
     * @param added whether an element still fitted
     * @return the last that did, if not all of them
     */
    private static <E> Optional<E> last(List<E> all, Predicate<E> added) {
        for (int i = 0; i < all.size(); i++) {
            if (!added.test(all.get(i))) {
                return Optional.of(all.get(i - 1));
            }
        }
        return Optional.empty();
    }

    private Reply.Subscriptions.Held held(Subscription subscription) {
        String state = tables.progress()
                .get(subscription.key())
                .map(Progress::state)
                .map(Progress.State::name)
                .orElse(subscription.isBound() ? "NEW" : "WAITING");
        return new Reply.Subscriptions.Held(
                subscription.client(),
                subscription.symbol(),
                subscription.id(),
                subscription.feed(),
                subscription.start(),
                subscription.end(),
                state,
                subscription.conflate(),
                subscription.whenSlow(),
                lags.of(subscription.feed()),
                leaseLeft(subscription));
    }

    private Optional<Duration> leaseLeft(Subscription subscription) {
        return tables.leases()
                .entry(subscription.client().name())
                .filter(entry -> subscription.isOpen())
                .map(entry -> Duration.between(
                        runtime.services().newestAppend(), entry.appended().plus(lease)))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }
}
