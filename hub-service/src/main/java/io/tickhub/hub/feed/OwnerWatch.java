package io.tickhub.hub.feed;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Progress;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.presence.AppendClock;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells subscribers when the owner of a symbol is away: {@code STALE} after {@link #PATIENCE}, {@code RECOVERED} if it comes back. If
 * another instance takes the symbol over, that one tells it. Every hub watches; the first by name of those that are there tells. For
 * one thread; owns nothing.
 *
 * <p>Who owns the symbol of a subscription stands in {@code progress}; who is there stands in {@code services}. While the cluster is
 * away nobody can be told anything.
 */
public final class OwnerWatch {

    /** How long an owner may be silent. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CompactedTable<InstanceStatus> services;
    private final HubTables tables;
    private final String self;
    private final LongSupplier nanoTime;
    private final Consumer<ProducerRecord<byte[], byte[]>> feeds;
    private final AppendClock clock;
    /** Since when runs of instances are missing that left no record. */
    private final Map<String, Long> missingSince = new HashMap<>();
    /** The owner of which a subscription was told that it is away. */
    private final Map<String, String> told = new HashMap<>();

    /**
     * @param self name of this hub
     * @param nanoTime {@link System#nanoTime}, or a test's clock
     * @param feeds takes what is to be written
     */
    public OwnerWatch(
            CompactedTable<InstanceStatus> services,
            HubTables tables,
            String self,
            LongSupplier nanoTime,
            Consumer<ProducerRecord<byte[], byte[]>> feeds) {
        this.services = services;
        this.tables = tables;
        this.self = self;
        this.nanoTime = nanoTime;
        this.feeds = feeds;
        this.clock = new AppendClock(PATIENCE, nanoTime.getAsLong());
    }

    /** Looks once; to be called some times a second. */
    public void look() {
        Instant now = services.newestAppend();
        if (!clock.isEven(now, nanoTime.getAsLong())) {
            return;
        }
        Set<String> here = new HashSet<>();
        TreeSet<String> hubs = new TreeSet<>();
        for (Entry<InstanceStatus> entry : services.entries().values()) {
            if (entry.value().role() == Role.HUB
                    && !entry.appended().plus(PATIENCE).isBefore(now)) {
                here.add(entry.value().run());
                hubs.add(entry.value().instance());
            }
        }
        boolean first = !hubs.isEmpty() && hubs.first().equals(self);
        Map<String, Subscription> watched = watched();
        told.keySet().retainAll(watched.keySet());
        missingSince.keySet().removeAll(here);
        watched.forEach((key, subscription) -> {
            String owner = tables.progress().get(key).map(Progress::owner).orElse("");
            if (!owner.isEmpty()) {
                judge(key, subscription, owner, here.contains(owner), first);
            }
        });
    }

    private void judge(String key, Subscription subscription, String owner, boolean isHere, boolean tells) {
        String toldOf = told.get(key);
        if (isHere) {
            if (owner.equals(toldOf) && tells) {
                tell(subscription, FeedEvent.Kind.RECOVERED, owner, "the hub is back");
            }
            told.remove(key);
        } else if (!owner.equals(toldOf) && isMissingForLong(owner)) {
            told.put(key, owner);
            if (tells) {
                tell(subscription, FeedEvent.Kind.STALE, owner, "the hub that copies this symbol is away");
            }
        }
    }

    /** One that left without a record has perhaps just handed over, which takes a moment. */
    private boolean isMissingForLong(String owner) {
        boolean fellSilent =
                services.values().stream().anyMatch(status -> status.run().equals(owner));
        long nanos = nanoTime.getAsLong();
        return fellSilent || nanos - missingSince.computeIfAbsent(owner, run -> nanos) > PATIENCE.toNanos();
    }

    private Map<String, Subscription> watched() {
        Map<String, Subscription> watched = new HashMap<>();
        for (Subscription subscription : tables.subscriptions().values()) {
            if (subscription.isBound() && subscription.isOpen() && !tables.isEnded(subscription)) {
                watched.put(subscription.key(), subscription);
            }
        }
        return watched;
    }

    private void tell(Subscription subscription, FeedEvent.Kind kind, String owner, String detail) {
        feeds.accept(new FeedRecords(subscription).event(kind, new Covers(0, 0), detail, Optional.of(owner)));
    }
}
