package io.tickhub.hub.table;

import io.tickhub.model.Subscription;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableFollower;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The subscriptions of the table in groups, such as those of a client or of a symbol, brought up to date by what has changed. For one
 * thread.
 *
 * @param <G> what those of a group have in common; a subscription stays in its group
 */
public final class SubscriptionGroups<G> {

    private final Function<String, Optional<Subscription>> newest;
    private final Function<Subscription, G> group;
    private final TableFollower follower;
    private final Map<String, Subscription> known = new HashMap<>();
    private final Map<G, Map<String, Subscription>> groups = new HashMap<>();

    /** @param group of a subscription */
    public SubscriptionGroups(CompactedTable<Subscription> table, Function<Subscription, G> group) {
        this(table, table::get, group);
    }

    /** @param newest what is to be taken for a key that has changed, instead of what the table says */
    public SubscriptionGroups(
            CompactedTable<Subscription> table,
            Function<String, Optional<Subscription>> newest,
            Function<Subscription, G> group) {
        this.newest = newest;
        this.group = group;
        this.follower = table.follow();
    }

    /** Takes in what has changed in the table; returns the groups in which something has. */
    public Set<G> follow() {
        Set<G> changed = new HashSet<>();
        for (String key : follower.take()) {
            refresh(key).ifPresent(changed::add);
        }
        return changed;
    }

    /** Takes in the newest of a key; returns its group, if there is or was one. */
    public Optional<G> refresh(String key) {
        Optional<Subscription> now = newest.apply(key);
        Subscription before = now.isPresent() ? known.put(key, now.get()) : known.remove(key);
        Optional<G> changed = now.or(() -> Optional.ofNullable(before)).map(group);
        now.ifPresentOrElse(
                subscription -> groups.computeIfAbsent(changed.get(), name -> new HashMap<>())
                        .put(key, subscription),
                () -> changed.ifPresent(name -> remove(name, key)));
        return changed;
    }

    /** Those of a group. */
    public Collection<Subscription> of(G name) {
        return groups.getOrDefault(name, Map.of()).values();
    }

    /** All of them. */
    public Collection<Subscription> all() {
        return known.values();
    }

    /** The groups that have any. */
    public Set<G> names() {
        return groups.keySet();
    }

    private void remove(G name, String key) {
        Map<String, Subscription> members = groups.get(name);
        members.remove(key);
        if (members.isEmpty()) {
            groups.remove(name);
        }
    }
}
