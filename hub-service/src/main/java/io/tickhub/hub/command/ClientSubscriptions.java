package io.tickhub.hub.command;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The subscriptions of clients: those in the table, and over them those written here that have not come back yet. For one thread.
 */
final class ClientSubscriptions {

    private final HubTables tables;
    private final Map<ClientId, Map<String, Subscription>> byClient = new HashMap<>();
    private final Map<String, Subscription> unread = new HashMap<>();
    private int size;
    private long indexedVersion = -1;

    ClientSubscriptions(HubTables tables) {
        this.tables = tables;
    }

    /** All subscriptions of a client that are still known, ended ones too. */
    Collection<Subscription> of(ClientId client) {
        index();
        return byClient.getOrDefault(client, Map.of()).values();
    }

    /** How many subscriptions are known, ended ones too. */
    int size() {
        index();
        return size;
    }

    /** How many clients have any. */
    int clients() {
        index();
        return byClient.size();
    }

    /** The client's open subscription to a symbol. */
    Optional<Subscription> open(ClientId client, Symbol symbol) {
        return of(client).stream()
                .filter(subscription -> subscription.symbol().equals(symbol))
                .filter(this::isOpen)
                .findFirst();
    }

    /** The feed that the client's open subscriptions go into. */
    Optional<String> feed(ClientId client) {
        return of(client).stream().filter(this::isOpen).map(Subscription::feed).findFirst();
    }

    /** The clients that hold an open subscription. */
    Set<ClientId> holders() {
        index();
        return byClient.entrySet().stream()
                .filter(client -> client.getValue().values().stream().anyMatch(this::isOpen))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether a client holds an open subscription. */
    boolean isHolder(ClientId client) {
        return of(client).stream().anyMatch(this::isOpen);
    }

    /** A client's open subscriptions. */
    List<Subscription> open(ClientId client) {
        return of(client).stream().filter(this::isOpen).toList();
    }

    /** Open subscriptions of all clients that wait for topics. */
    List<Subscription> waiting() {
        index();
        return byClient.values().stream()
                .flatMap(held -> held.values().stream())
                .filter(subscription -> !subscription.isBound() && subscription.isOpen())
                .toList();
    }

    /** A subscription as it has just been written. */
    void put(Subscription subscription) {
        unread.put(subscription.key(), subscription);
        add(subscription);
    }

    /**
     * Forgets of what was written here that it has come back. To be called often: the same record must be seen before another one
     * takes its place.
     */
    void settle() {
        unread.values().removeIf(written -> tables.subscriptions()
                .get(written.key())
                .filter(written::equals)
                .isPresent());
    }

    /** Forgets what was written for clients about whom another hub decides from now on. */
    void forget(Predicate<ClientId> isGone) {
        unread.values().removeIf(written -> isGone.test(written.client()));
        indexedVersion = -1;
    }

    /** What was put last was not committed. The table has everything else by the time that commands are read again. */
    void rollBack() {
        unread.clear();
        indexedVersion = -1;
    }

    private boolean isOpen(Subscription subscription) {
        return subscription.isOpen() && !tables.isEnded(subscription);
    }

    private void index() {
        long version = tables.subscriptions().version();
        if (version == indexedVersion) {
            return;
        }
        indexedVersion = version;
        byClient.clear();
        size = 0;
        settle();
        tables.subscriptions().values().forEach(this::add);
        unread.values().forEach(this::add);
    }

    private void add(Subscription subscription) {
        Subscription before = byClient.computeIfAbsent(subscription.client(), client -> new HashMap<>())
                .put(subscription.key(), subscription);
        if (before == null) {
            size++;
        }
    }
}
