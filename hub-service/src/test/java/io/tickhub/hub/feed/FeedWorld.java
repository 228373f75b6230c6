package io.tickhub.hub.feed;

import io.tickhub.model.ClientId;
import io.tickhub.model.Covers;
import io.tickhub.model.Headers;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.WhenSlow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Everything around one symbol's owner, as a model: the topic, the tables with every version they had, the group's offset, the
 * feeds, and owners that come and go. Only what a committed transaction held counts. Every choice comes from one random generator,
 * so a seed tells a whole history.
 */
final class FeedWorld {

    private static final Symbol SYMBOL = new Symbol("A");
    /** The watcher looks ten times a second, or each second at least. */
    private static final long NOTICED_WITHIN_NANOS = 1_000_000_000;

    private final Random random;
    private SymbolLog log = new SymbolLog("topic-0");
    private final List<SymbolLog> logs = new ArrayList<>(List.of(log));
    private final List<Subscription> everSubscribed = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private final IdentityHashMap<ProducerRecord<byte[], byte[]>, Long> nanosByRecord = new IdentityHashMap<>();
    private final Set<String> deletedFeeds = new HashSet<>();
    private final Set<String> slowFeeds = new HashSet<>();
    private final List<ProducerRecord<byte[], byte[]>> beyondTheirEnd = new ArrayList<>();
    private final Set<String> removedByHand = new HashSet<>();
    private OptionalLong committed = OptionalLong.empty();
    private final List<Map<String, Subscription>> subscriptionVersions = new ArrayList<>(List.of(Map.of()));
    private final List<Map<String, Progress>> progressVersions = new ArrayList<>(List.of(Map.of()));
    private long nanos;
    private long madeAgainNanos;

    // The owner.
    private SymbolFeeds feeds;
    private SymbolLog ownersLog;
    private OptionalLong stream = OptionalLong.empty();
    private int subscriptionsSeen;
    private int progressSeen;
    private final Set<String> goneFeeds = new HashSet<>();

    FeedWorld(long seed) {
        random = new Random(seed);
        open();
    }

    /** One thing that can happen. */
    void step() {
        if (ownersLog != log && nanos - madeAgainNanos > NOTICED_WITHIN_NANOS) {
            open();
        }
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> log.append(random, 1 + random.nextInt(20));
            case 4, 5 -> subscribe();
            case 6 -> unsubscribe();
            case 7 -> log.deleteBefore(random.nextInt((int) log.end() + 1));
            case 8 -> open();
            case 9 -> cycle(Fate.COMMITTED_UNKNOWN, 1 + random.nextInt(12));
            case 10 -> cycle(Fate.ABORTED, 1 + random.nextInt(12));
            case 11 -> remove();
            case 12 -> rarely(this::deleteFeed);
            case 13 -> rarely(this::makeTopicAgain);
            case 14 -> rarely(this::removeByHand);
            case 15 -> slowFeeds.add(feed(new ClientId("c" + random.nextInt(3))));
            case 16 -> slowFeeds.clear();
            default -> cycle(Fate.COMMITTED, 1 + random.nextInt(12));
        }
        nanos += random.nextInt(1_000_000_000);
    }

    /** Ends every subscription, lets the owner finish, and returns how many cycles it took; -1 if it never does. */
    int finish() {
        open();
        while (latestSubscriptions().values().stream().anyMatch(Subscription::isOpen)) {
            unsubscribe();
        }
        for (int cycle = 0; cycle < 2_000; cycle++) {
            subscriptionsSeen = subscriptionVersions.size() - 1;
            cycle(Fate.COMMITTED, 50);
            nanos += 1_000_000_000;
            if (latestSubscriptions().keySet().stream().allMatch(this::isEnded)) {
                return cycle;
            }
        }
        return -1;
    }

    List<Subscription> everSubscribed() {
        return everSubscribed;
    }

    List<ProducerRecord<byte[], byte[]>> written() {
        return written;
    }

    /** When a record was written. */
    Duration writtenAt(ProducerRecord<byte[], byte[]> record) {
        return Duration.ofNanos(nanosByRecord.get(record));
    }

    List<ProducerRecord<byte[], byte[]>> beyondTheirEnd() {
        return beyondTheirEnd;
    }

    boolean isRemovedByHand(Subscription subscription) {
        return removedByHand.contains(subscription.id());
    }

    boolean isDeleted(String feed) {
        return deletedFeeds.contains(feed);
    }

    SymbolLog log(String topicId) {
        return logs.stream()
                .filter(some -> some.topicId().equals(topicId))
                .findFirst()
                .orElseThrow();
    }

    boolean isCurrent(String topicId) {
        return log.topicId().equals(topicId);
    }

    // ---- what others do

    private void subscribe() {
        ClientId client = new ClientId("c" + random.nextInt(3));
        // Mostly at the end, as the statistics have it; also far back, and a little ahead of what the owner knows.
        long start = random.nextInt(3) == 0 ? random.nextInt((int) log.end() + 1) : log.end();
        Subscription subscription = new Subscription(
                "0-" + everSubscribed.size(),
                client,
                SYMBOL,
                log.topicId(),
                feed(client),
                start,
                OptionalLong.empty(),
                "c0",
                random.nextInt(3) == 0 ? Optional.of(Duration.ofMillis(1 + random.nextInt(3_000))) : Optional.empty(),
                random.nextInt(4) == 0 ? WhenSlow.CONFLATE : WhenSlow.KEEP,
                random.nextInt(4) == 0);
        everSubscribed.add(subscription);
        put(subscription);
    }

    /** A client's feed changes its name once it was deleted, since names are never used again. */
    private String feed(ClientId client) {
        for (int incarnation = 0; ; incarnation++) {
            String feed = "feeds." + client + "." + incarnation;
            if (!deletedFeeds.contains(feed)) {
                return feed;
            }
        }
    }

    private void unsubscribe() {
        List<Subscription> open = latestSubscriptions().values().stream()
                .filter(Subscription::isOpen)
                .toList();
        if (!open.isEmpty()) {
            Subscription ending = open.get(random.nextInt(open.size()));
            long end = Math.max(ending.start(), isCurrent(ending.topicId()) ? log.end() : 0);
            Subscription ended = ending.endingAt(end, "c1");
            everSubscribed.replaceAll(some -> some.id().equals(ended.id()) ? ended : some);
            put(ended);
        }
    }

    /** Removes what has ended, the subscription and its progress each in a record of its own. */
    private void remove() {
        for (Subscription subscription : List.copyOf(latestSubscriptions().values())) {
            if (isEnded(subscription.key()) && random.nextBoolean()) {
                Map<String, Subscription> left = new HashMap<>(latestSubscriptions());
                left.remove(subscription.key());
                subscriptionVersions.add(frozen(left));
                Map<String, Progress> leftProgress = new HashMap<>(latestProgress());
                leftProgress.remove(subscription.key());
                progressVersions.add(frozen(leftProgress));
            }
        }
    }

    /** Somebody removes a subscription that has not ended. */
    private void removeByHand() {
        latestSubscriptions().values().stream().findAny().ifPresent(subscription -> {
            Map<String, Subscription> left = new HashMap<>(latestSubscriptions());
            left.remove(subscription.key());
            subscriptionVersions.add(frozen(left));
            removedByHand.add(subscription.id());
        });
    }

    private void deleteFeed() {
        deletedFeeds.add(feed(new ClientId("c" + random.nextInt(3))));
    }

    /** The owner notices later. Kafka forgets the group's offset, unless a transaction of the owner came after it. */
    private void makeTopicAgain() {
        log = new SymbolLog("topic-" + logs.size());
        logs.add(log);
        madeAgainNanos = nanos;
        if (random.nextBoolean()) {
            committed = OptionalLong.empty();
        }
    }

    private void rarely(Runnable event) {
        if (random.nextInt(4) == 0) {
            event.run();
        }
    }

    // ---- what the worker does

    private enum Fate {
        COMMITTED,
        /** It is committed, but the worker never learns that and starts over. */
        COMMITTED_UNKNOWN,
        ABORTED
    }

    /** An owner, new or again, with the tables read to their ends. */
    private void open() {
        ownersLog = log;
        String run = "hub@" + random.nextInt(3);
        feeds = new SymbolFeeds(
                SYMBOL, log.topicId(), new FeedHost(run, () -> nanos, slowFeeds::contains, () -> false));
        subscriptionsSeen = subscriptionVersions.size() - 1;
        progressSeen = progressVersions.size() - 1;
        stream = feeds.load(
                List.copyOf(latestSubscriptions().values()),
                this::progressSeen,
                subscription -> OptionalLong.empty(),
                committed);
    }

    private void cycle(Fate fate, int most) {
        if (ownersLog != log && random.nextInt(4) == 0) {
            open();
        }
        poll(most);
        followTables();
        Optional<Slice> history = readBack(most);
        Room room = new Room(500 + random.nextInt(5_000));
        boolean first = true;
        while (first ? feeds.isDue() || history.isPresent() : feeds.hasBatches()) {
            if (!transact(first ? history : Optional.empty(), room, fate)) {
                open();
                return;
            }
            first = false;
            room = new Room(random.nextInt(1_000));
        }
    }

    private void poll(int most) {
        if (stream.isEmpty() || ownersLog != log) {
            return;
        }
        long from = stream.getAsLong();
        if (from < log.beginning()) {
            feeds.miss(log.beginning());
            stream = OptionalLong.of(log.beginning());
        } else if (from < log.end()) {
            long to = Math.min(log.end(), from + 1 + random.nextInt(most));
            feeds.take(log.records(from, to), to);
            stream = OptionalLong.of(to);
        }
    }

    private void followTables() {
        subscriptionsSeen += random.nextInt(subscriptionVersions.size() - subscriptionsSeen);
        progressSeen += random.nextInt(progressVersions.size() - progressSeen);
        OptionalLong begun = feeds.follow(
                List.copyOf(subscriptionVersions.get(subscriptionsSeen).values()), this::progressSeen);
        if (begun.isPresent()) {
            stream = begun;
        }
    }

    private Optional<Slice> readBack(int most) {
        OptionalLong wanted = feeds.historyFrom();
        if (wanted.isEmpty() || ownersLog != log || random.nextInt(4) == 0) {
            return Optional.empty();
        }
        long from = wanted.getAsLong();
        if (from < log.beginning()) {
            return Optional.of(Slice.deleted(from, log.beginning()));
        }
        long to = Math.min(log.end(), from + 1 + random.nextInt(2 * most));
        return to > from ? Optional.of(Slice.read(from, to, log.records(from, to))) : Optional.empty();
    }

    /** Whether the worker goes on with the state that it has. */
    private boolean transact(Optional<Slice> history, Room room, Fate fate) {
        FakeTransaction transaction = new FakeTransaction(deletedFeeds::contains);
        Map<String, Progress> reported = new HashMap<>();
        try {
            feeds.write(transaction, history, room, goneFeeds::contains, reported::put);
        } catch (FakeTransaction.UnwritableTopic e) {
            goneFeeds.add(e.topic());
            return false;
        }
        if (fate != Fate.ABORTED) {
            transaction.records().stream().filter(this::isBeyondItsEnd).forEach(beyondTheirEnd::add);
            written.addAll(transaction.records());
            transaction.records().forEach(record -> nanosByRecord.put(record, nanos));
            committed = OptionalLong.of(feeds.position());
            Map<String, Progress> progress = new HashMap<>(latestProgress());
            progress.putAll(reported);
            progressVersions.add(frozen(progress));
        }
        if (fate == Fate.COMMITTED && feeds.isIdle()) {
            stream = OptionalLong.empty();
        }
        return fate == Fate.COMMITTED;
    }

    /** Whether a record covers more than the owner knew to be wanted. */
    private boolean isBeyondItsEnd(ProducerRecord<byte[], byte[]> record) {
        String id = text(record, Headers.SUBSCRIPTION);
        Covers covers = Covers.parse(text(record, Headers.COVERS));
        return subscriptionVersions.get(subscriptionsSeen).values().stream()
                .filter(subscription -> subscription.id().equals(id) && !subscription.isOpen())
                .anyMatch(subscription -> covers.from() < covers.to()
                        && covers.to() > subscription.end().orElseThrow());
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    // ---- the tables

    private void put(Subscription subscription) {
        Map<String, Subscription> next = new HashMap<>(latestSubscriptions());
        next.put(subscription.key(), subscription);
        subscriptionVersions.add(frozen(next));
    }

    /** A copy whose order is the same in every run, as a seed needs it. */
    private static <V> Map<String, V> frozen(Map<String, V> table) {
        return Collections.unmodifiableMap(new TreeMap<>(table));
    }

    private Map<String, Subscription> latestSubscriptions() {
        return subscriptionVersions.get(subscriptionVersions.size() - 1);
    }

    private Map<String, Progress> latestProgress() {
        return progressVersions.get(progressVersions.size() - 1);
    }

    private Optional<Progress> progressSeen(String key) {
        return Optional.ofNullable(progressVersions.get(progressSeen).get(key));
    }

    private boolean isEnded(String key) {
        return Optional.ofNullable(latestProgress().get(key))
                .filter(progress -> progress.state() == Progress.State.ENDED)
                .isPresent();
    }
}
