package io.tickhub.client;

import io.tickhub.model.Delivery;
import io.tickhub.model.Symbol;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which {@link Subscription} of a client holds which symbol. A symbol is held once: the hub would answer a second SUBSCRIBE with
 * the subscription that is there. Thread safe.
 */
final class Holdings {

    private final Map<Symbol, Subscription> holders = new HashMap<>();
    private final Set<Symbol> reserved = new HashSet<>();

    /**
     * Sets symbols aside for a subscription that is being made; to be followed by {@link #release}.
     *
     * @throws IllegalStateException if one of them is held and open, or set aside already
     */
    synchronized void reserve(List<Symbol> symbols) {
        for (Symbol symbol : symbols) {
            Subscription holder = holders.get(symbol);
            if (reserved.contains(symbol) || (holder != null && holder.isOpen(symbol))) {
                throw new IllegalStateException("this client has subscribed to " + symbol
                        + " already; use that subscription, unsubscribe first, or use another client");
            }
        }
        reserved.addAll(symbols);
    }

    synchronized void release(List<Symbol> symbols) {
        symbols.forEach(reserved::remove);
    }

    synchronized void add(Subscription subscription) {
        subscription.symbols().forEach(symbol -> holders.put(symbol, subscription));
    }

    synchronized void remove(Subscription subscription) {
        holders.values().removeIf(holder -> holder == subscription);
    }

    /** The subscriptions that hold any of these symbols. */
    synchronized Set<Subscription> of(Collection<Symbol> symbols) {
        Set<Subscription> found = new HashSet<>();
        for (Symbol symbol : symbols) {
            Subscription holder = holders.get(symbol);
            if (holder != null) {
                found.add(holder);
            }
        }
        return found;
    }

    /** The subscriptions that read any of these symbols directly, and have no end yet. */
    synchronized Map<Symbol, Subscription> direct(Collection<Symbol> symbols) {
        Map<Symbol, Subscription> found = new HashMap<>();
        for (Symbol symbol : symbols) {
            Subscription holder = holders.get(symbol);
            if (holder != null && holder.delivery() == Delivery.DIRECT && holder.isOpen(symbol)) {
                found.put(symbol, holder);
            }
        }
        return found;
    }

    synchronized Set<Subscription> all() {
        return new HashSet<>(holders.values());
    }
}
