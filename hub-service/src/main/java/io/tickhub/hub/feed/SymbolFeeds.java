package io.tickhub.hub.feed;

import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.worker.Transaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owned symbol: its subscriptions and the position of its stream. For the worker's thread.
 *
 * <p>The stream of the symbol is read once for all subscriptions. A subscription that has everything before the stream's position
 * is live and gets each batch. One that starts further back is brought there by slices of history; the slice that reaches the
 * position makes it live, before the next batch is dealt out, so that no offset falls between the two.
 */
final class SymbolFeeds {

    private static final Logger LOG = LoggerFactory.getLogger(SymbolFeeds.class);

    /**
     * A subscription to another topic of the same name is mostly one to an earlier topic. But whoever answered the subscriber may
     * also have seen a new topic before this worker did, which then opens the symbol again within this time.
     */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Symbol symbol;
    private final String topicId;
    private final FeedHost host;
    private final Map<String, Copy> copiesById = new HashMap<>();
    /** Ended, though the tables may not say so yet, or no longer: they must not begin again. */
    private final Set<String> endedIds = new HashSet<>();
    /** Subscriptions to another topic of the same name. */
    private final Map<String, Stranger> strangersById = new HashMap<>();

    private final Deque<Slice> batches = new ArrayDeque<>();
    /** Those of which a tick waits for its time. */
    private final Set<Copy> waiting = new LinkedHashSet<>();

    private long position;
    private boolean changed;

    /** A subscription to another topic, and since when it is known here. */
    private record Stranger(Copy copy, long sinceNanos) {}

    SymbolFeeds(Symbol symbol, String topicId, FeedHost host) {
        this.symbol = symbol;
        this.topicId = topicId;
        this.host = host;
    }

    Symbol symbol() {
        return symbol;
    }

    /** The next offset of the stream to be dealt out. */
    long position() {
        return position;
    }

    boolean isIdle() {
        return copiesById.isEmpty();
    }

    boolean isDue() {
        return changed
                || !batches.isEmpty()
                || untilDue() <= 0
                || strangersById.values().stream().anyMatch(this::isOrphan);
    }

    /** Nanoseconds until the first of the ticks that wait may be sent; much if none waits. */
    long untilDue() {
        return waiting.stream().mapToLong(Copy::untilDue).min().orElse(Long.MAX_VALUE);
    }

    /** Whether there are batches that have not been dealt out. */
    boolean hasBatches() {
        return !batches.isEmpty();
    }

    /**
     * Takes on the subscriptions as they stand in the tables.
     *
     * @param covered how far the feed of a subscription says that it was copied, which counts more than anything else; empty if it says
     *     nothing
     * @param committed the group's committed offset
     * @return where the stream is to be read; empty if there is nothing to copy
     */
    OptionalLong load(
            List<Subscription> subscriptions,
            Function<String, Optional<Progress>> progressOf,
            Function<Subscription, OptionalLong> covered,
            OptionalLong committed) {
        boolean anyLive = false;
        long furthest = 0;
        for (Subscription subscription : subscriptions) {
            Optional<Progress> progress = progressOf.apply(subscription.key());
            Progress.State state = progress.map(Progress::state).orElse(Progress.State.CATCHING_UP);
            if (state == Progress.State.ENDED) {
                endedIds.add(subscription.id());
                continue;
            }
            if (!subscription.topicId().equals(topicId)) {
                addStranger(Copy.goOn(host, subscription, subscription.start(), progress));
                continue;
            }
            boolean live = state == Progress.State.LIVE && committed.isPresent();
            anyLive |= live;
            // Without a committed offset nobody knows how far it was live: copied again, and the client drops what it
            // has.
            long told = live
                    ? committed.getAsLong()
                    : progress.filter(p -> p.state() == Progress.State.CATCHING_UP)
                            .map(Progress::next)
                            .orElse(0L);
            long next =
                    Math.max(subscription.start(), covered.apply(subscription).orElse(told));
            if (live && subscription.isOpen() && next != Math.max(subscription.start(), told)) {
                LOG.warn(
                        "The group's coordinator tells offset {} of {}, but feed {} has it up to {}: going on from there",
                        told,
                        symbol,
                        subscription.feed(),
                        next);
            }
            copiesById.put(subscription.id(), Copy.goOn(host, subscription, next, progress));
            furthest = Math.max(furthest, next);
        }
        position = anyLive || isIdle() ? committed.orElse(0) : furthest;
        changed = !isIdle();
        return isIdle() ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /**
     * Follows the subscriptions of the symbol as clients change them.
     *
     * @return where the stream is to be read from now on, if it was idle and is no longer
     */
    OptionalLong follow(List<Subscription> subscriptions, Function<String, Optional<Progress>> progressOf) {
        boolean wasIdle = isIdle();
        Set<String> ids = subscriptions.stream().map(Subscription::id).collect(Collectors.toSet());
        copiesById.keySet().retainAll(ids);
        waiting.removeIf(copy -> !ids.contains(copy.subscription().id()));
        strangersById.keySet().retainAll(ids);
        endedIds.retainAll(ids);
        for (Subscription subscription : subscriptions) {
            String id = subscription.id();
            Copy copy = copiesById.get(id);
            if (copy != null) {
                changed |= !copy.subscription().equals(subscription);
                copy.update(subscription);
            } else if (!strangersById.containsKey(id)
                    && !endedIds.contains(id)
                    && progressOf.apply(subscription.key()).isEmpty()) {
                begin(subscription);
            }
        }
        if (!wasIdle || isIdle()) {
            return OptionalLong.empty();
        }
        // What was read before belongs to nobody, and the stream begins anew.
        batches.clear();
        position = copiesById.values().stream().mapToLong(Copy::taken).max().orElseThrow();
        return OptionalLong.of(position);
    }

    private void begin(Subscription subscription) {
        Copy copy = Copy.begin(host, subscription);
        if (subscription.topicId().equals(topicId)) {
            copiesById.put(subscription.id(), copy);
            changed = true;
        } else {
            addStranger(copy);
        }
    }

    private void addStranger(Copy copy) {
        strangersById.put(
                copy.subscription().id(), new Stranger(copy, host.nanoTime().getAsLong()));
    }

    private boolean isOrphan(Stranger stranger) {
        return host.nanoTime().getAsLong() - stranger.sinceNanos() > PATIENCE.toNanos();
    }

    /** The next batch of the stream. */
    void take(List<ConsumerRecord<byte[], byte[]>> ticks, long newPosition) {
        if (newPosition > taken()) {
            batches.add(Slice.read(taken(), newPosition, ticks));
        }
    }

    /** Retention deleted what the stream had not read yet. */
    void miss(long resumed) {
        if (resumed > taken()) {
            batches.add(Slice.deleted(taken(), resumed));
        }
    }

    private long taken() {
        return batches.isEmpty() ? position : batches.getLast().to();
    }

    /** Where history is to be read from for those that are behind; empty if none is. */
    OptionalLong historyFrom() {
        return copiesById.values().stream()
                .filter(copy -> !copy.isLive(position) && !copy.isTaken())
                .mapToLong(Copy::taken)
                .min();
    }

    /**
     * Writes what is due of this symbol.
     *
     * @param history what was read back for those that are behind
     * @param isFeedGone whether a feed cannot be written any more: its subscriptions end, before anything else is written
     * @param progress told every state that changed
     */
    void write(
            Transaction transaction,
            Optional<Slice> history,
            Room room,
            Predicate<String> isFeedGone,
            BiConsumer<String, Progress> progress) {
        endWithoutFeed(isFeedGone, progress);
        if (changed) {
            copiesById.values().forEach(copy -> copy.tellNews(transaction));
        }
        history.ifPresent(slice -> dealHistory(transaction, slice, room));
        dealBatches(transaction, room);
        waiting.forEach(copy -> copy.sendIfDue(transaction));
        end(transaction, progress);
        report(progress);
    }

    /** Deals out a slice of history to those that are behind, as far as there is room. */
    private void dealHistory(Transaction transaction, Slice history, Room room) {
        Slice missed = history.before(position);
        List<Copy> behind = copiesById.values().stream()
                .filter(copy -> !copy.isLive(position) && copy.taken() >= missed.from())
                .toList();
        Slice slice = room.take(missed, behind.size());
        behind.forEach(copy -> copy.deal(transaction, slice));
        changed = true;
    }

    /** Deals out the batches in hand to those that are live, as far as there is room; the rest stays in hand. */
    private void dealBatches(Transaction transaction, Room room) {
        while (!batches.isEmpty() && !room.isUsedUp()) {
            Slice batch = batches.removeFirst();
            List<Copy> live = copiesById.values().stream()
                    .filter(copy -> copy.isLive(position))
                    .toList();
            Slice slice = room.take(batch, live.size());
            live.forEach(copy -> copy.deal(transaction, slice));
            position = slice.to();
            if (slice.to() < batch.to()) {
                batches.addFirst(batch.from(slice.to()));
            }
        }
    }

    /** Ends those whose feed is gone, before anything is written to it. */
    private void endWithoutFeed(Predicate<String> isFeedGone, BiConsumer<String, Progress> progress) {
        for (Copy copy : List.copyOf(copiesById.values())) {
            if (isFeedGone.test(copy.subscription().feed())) {
                forget(copy, progress);
            }
        }
        strangersById.values().removeIf(stranger -> {
            boolean gone = isFeedGone.test(stranger.copy().subscription().feed());
            if (gone) {
                forget(stranger.copy(), progress);
            }
            return gone;
        });
    }

    /** Ends what is complete, or cannot go on because its topic is another one now. */
    private void end(Transaction transaction, BiConsumer<String, Progress> progress) {
        strangersById.values().removeIf(stranger -> {
            boolean orphan = isOrphan(stranger);
            if (orphan) {
                stranger.copy().tellEnd(transaction, "the symbol's topic was deleted and made again");
                forget(stranger.copy(), progress);
            }
            return orphan;
        });
        for (Copy copy : List.copyOf(copiesById.values())) {
            if (copy.isComplete()) {
                copy.flush(transaction);
                copy.tellEnd(transaction, "the range is complete");
                forget(copy, progress);
            }
        }
    }

    private void forget(Copy copy, BiConsumer<String, Progress> progress) {
        copiesById.remove(copy.subscription().id());
        waiting.remove(copy);
        endedIds.add(copy.subscription().id());
        progress.accept(
                copy.subscription().key(), Progress.ended(copy.covered()).by(host.run()));
    }

    /** Names every state that changed. */
    private void report(BiConsumer<String, Progress> progress) {
        waiting.clear();
        for (Copy copy : copiesById.values()) {
            if (copy.isWaiting()) {
                waiting.add(copy);
            }
            copy.progressToWrite(position)
                    .ifPresent(state -> progress.accept(copy.subscription().key(), state));
        }
        changed = false;
    }
}
