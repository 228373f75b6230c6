package io.tickhub.hub.command;

import io.tickhub.hub.table.HubTables;
import io.tickhub.hub.table.SubscriptionGroups;
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
    private final SubscriptionGroups<ClientId> byClient;
    private final Map<String, Subscription> unread = new HashMap<>();

    ClientSubscriptions(HubTables tables) {
        this.tables = tables;
        this.byClient = new SubscriptionGroups<>(tables.subscriptions(), this::newest, Subscription::client);
    }

    /** All subscriptions of a client that are still known, ended ones too. */
    Collection<Subscription> of(ClientId client) {
        follow();
        return byClient.of(client);
    }

    /** How many subscriptions are known, ended ones too. */
    int size() {
        follow();
        return byClient.all().size();
    }

    /** How many clients have any. */
    int clients() {
        follow();
        return byClient.names().size();
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
        follow();
        return byClient.names().stream()
                .filter(client -> byClient.of(client).stream().anyMatch(this::isOpen))
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
        follow();
        return byClient.all().stream()
                .filter(subscription -> !subscription.isBound() && subscription.isOpen())
                .toList();
    }

    /** A subscription as it has just been written. */
    void put(Subscription subscription) {
        unread.put(subscription.key(), subscription);
        byClient.refresh(subscription.key());
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
        uncover(unread.values().stream()
                .filter(written -> isGone.test(written.client()))
                .map(Subscription::key)
                .toList());
    }

    /** What was put last was not committed. The table has everything else by the time that commands are read again. */
    void rollBack() {
        uncover(List.copyOf(unread.keySet()));
    }

    private void uncover(List<String> keys) {
        for (String key : keys) {
            unread.remove(key);
            byClient.refresh(key);
        }
    }

    private boolean isOpen(Subscription subscription) {
        return subscription.isOpen() && !tables.isEnded(subscription);
    }

    private void follow() {
        settle();
        Set<ClientId> unused = byClient.follow();
    }

    private Optional<Subscription> newest(String key) {
        return Optional.ofNullable(unread.get(key))
                .or(() -> tables.subscriptions().get(key));
    }
}
