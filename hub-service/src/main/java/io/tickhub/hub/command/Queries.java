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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers from the tables; changes nothing. Thread safe. */
final class Queries {

    private static final int ROOM_FOR_THE_REST = 1_024;

    private final ServiceRuntime runtime;
    private final HubTables tables;
    private final FeedLags lags;
    private final Duration lease;

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

    Reply stats(Command.GetStats query) {
        Collection<Symbol> wanted = query.symbols().isEmpty()
                ? tables.stats().values().stream().map(PriceStats::symbol).toList()
                : query.symbols();
        List<PriceStats> found = wanted.stream()
                .filter(symbol ->
                        query.after().map(after -> symbol.compareTo(after) > 0).orElse(true))
                .sorted()
                .flatMap(symbol -> tables.stats().get(symbol.name()).stream())
                .toList();
        Page<PriceStats> page = page(found);
        return new Reply.Stats(page.elements(), page.after(PriceStats::symbol));
    }

    Reply symbols(Command.ListSymbols query) {
        Page<Symbol> page = page(runtime.tickTopics().current().bySymbol().entrySet().stream()
                .filter(entry -> entry.getValue().isUsable())
                .map(Map.Entry::getKey)
                .filter(symbol ->
                        query.after().map(after -> symbol.compareTo(after) > 0).orElse(true))
                .toList());
        return new Reply.Symbols(page.elements(), page.after(Function.identity()));
    }

    /** @param identity a client that is known for sure: it sees its own only */
    Reply subscriptions(Command.ListSubscriptions query, Optional<ClientId> identity) {
        List<Subscription> found = tables.subscriptions().values().stream()
                .filter(subscription ->
                        identity.map(subscription.client()::equals).orElse(true))
                .filter(subscription -> query.after()
                        .map(after -> subscription.key().compareTo(after) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(Subscription::key))
                .toList();
        Page<Subscription> page = page(found);
        return new Reply.Subscriptions(
                page.elements().stream().map(this::held).toList(), page.after(Subscription::key));
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

    /**
     * The beginning of a list that fits into a reply.
     *
     * @param elements the beginning
     * @param isLast whether that is all
     */
    private record Page<E>(List<E> elements, boolean isLast) {

        <K> Optional<K> after(Function<E, K> key) {
            return isLast ? Optional.empty() : Optional.of(key.apply(elements.get(elements.size() - 1)));
        }
    }

    private static <E> Page<E> page(List<E> all) {
        List<E> elements = new ArrayList<>();
        int bytes = ROOM_FOR_THE_REST;
        for (E element : all) {
            bytes += Json.write(element).length + 1;
            if (bytes > Reply.MAX_BYTES && !elements.isEmpty()) {
                return new Page<>(elements, false);
            }
            elements.add(element);
        }
        return new Page<>(elements, true);
    }
}
