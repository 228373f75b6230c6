package io.tickhub.hub.feed;

import io.micrometer.core.instrument.Counter;
import io.tickhub.hub.table.SubscriptionGroups;
import io.tickhub.model.Decoded;
import io.tickhub.model.Json;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import io.tickhub.runtime.topic.TopicWatcher;
import io.tickhub.runtime.worker.Computation;
import io.tickhub.runtime.worker.Partitions;
import io.tickhub.runtime.worker.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the ticks of owned symbols into the feeds of their subscribers: of each subscription exactly the offsets {@code [start,
 * end)}, in order, once. For the worker's thread.
 *
 * <h2>What is copied</h2>
 *
 * Two tables say it. {@code subscriptions} holds what clients want; the hub that answers a command writes it. {@code progress} holds
 * how far the symbol's owner has come; only this class writes it, in the transaction that copies. A subscription without progress is
 * new and begins at its start.
 *
 * <h2>Why nothing is lost or doubled</h2>
 *
 * One transaction holds the copies of a batch, the symbol's committed offset and each progress that changed. Between transactions
 * this is true: of a {@code LIVE} subscription everything before the committed offset is in the feed; of one that is {@code
 * CATCHING_UP}, everything before its {@code next}. So whoever owns the symbol next knows from the committed records alone where
 * to go on. The {@code covers} header of each copy states the same to the reader: the ranges join.
 *
 * <p>Kafka can fail to keep a transaction whole when a broker is killed. So where {@link LeaderEpochs} have changed since an offset was
 * committed, the owner looks into the feeds before it goes on: where they say something else than the group's offset, they are right.
 *
 * <h2>What it costs</h2>
 *
 * A symbol is read once, however many subscribe. A symbol without subscribers is paused and costs nothing; the first subscription
 * sets the stream to its start. A slice of history is bounded, so that one who catches up on a million ticks does not hold up the
 * others.
 */
public final class FeedComputation implements Computation {

    private static final Logger LOG = LoggerFactory.getLogger(FeedComputation.class);

    /** Of one transaction: a fraction of a second, where its timeout is five. */
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration TIDY_PERIOD = Duration.ofSeconds(10);

    private static final int MOST_REMEMBERED = 1_000;
    private static final int MOST_ASKED = 20;

    private final Topics topics;
    private final TopicWatcher watcher;
    private final SubscriptionGroups<Symbol> bySymbol;
    private final CompactedTable<Progress> progress;
    private final Partitions partitions;
    private final Counter feedRecords;
    private final ForwardedRecords forwarded;
    private final TickCodec codec = new TickCodec();
    private final History history;
    private final LeaderEpochs leaders;
    private final FeedTails tails;
    private final FeedHost host;
    private final Map<TopicPartition, SymbolFeeds> open = new HashMap<>();
    private final Map<TopicPartition, History.Read> readBack = new HashMap<>();
    /** Their names are never used again, so it does no harm to remember them. */
    private final Set<String> goneFeeds = new LinkedHashSet<>();

    private final FailingFeeds failing;
    private final Set<String> writtenFeeds = new HashSet<>();
    /** Symbols of whose subscriptions something has changed that was not followed yet. */
    private final Set<Symbol> changed = new HashSet<>();

    private long tidiedNanos = System.nanoTime();
    private int uncommitted;

    /**
     * @param run names this run of the instance
     * @param isReaderBehind whether the reader of a feed is far behind
     * @param isDraining whether the system is being shut down
     * @param feedExists asks the cluster, and may block for some seconds
     * @param feedRecords counts what is written to feeds
     * @param forwarded is told what was
     */
    public FeedComputation(
            FeedTables tables,
            Partitions partitions,
            String run,
            Predicate<String> isReaderBehind,
            BooleanSupplier isDraining,
            Predicate<String> feedExists,
            Counter feedRecords,
            ForwardedRecords forwarded) {
        this.topics = tables.kafka().topics();
        this.watcher = tables.watcher();
        this.bySymbol = new SubscriptionGroups<>(tables.subscriptions(), Subscription::symbol);
        this.progress = tables.progress();
        this.partitions = partitions;
        this.host = new FeedHost(run, System::nanoTime, isReaderBehind, isDraining);
        this.failing = new FailingFeeds(feedExists, System::nanoTime);
        this.feedRecords = feedRecords;
        this.forwarded = forwarded;
        this.history = new History(tables.kafka(), tables.historyId());
        this.leaders = LeaderEpochs.from(tables.admin());
        this.tails = new FeedTails(tables.kafka(), tables.tailsId(), tables.admin());
    }

    @Override
    public boolean isReadyToOpen(Map<TopicPartition, String> notes) {
        changed.addAll(bySymbol.follow());
        String before = leaders.note();
        if (!leaders.know()) {
            return false;
        }
        if (!open.isEmpty()) {
            leaders.doubtIfOtherThan(before);
        }
        boolean isReady = tails.read(notes.entrySet().stream()
                .filter(opening -> !leaders.areAsOf(opening.getValue()))
                .map(opening -> topics.symbol(opening.getKey().topic()))
                .flatMap(Optional::stream)
                .flatMap(symbol -> wanted(symbol).stream())
                .filter(subscription -> progress.get(subscription.key())
                        .filter(state -> state.state() != Progress.State.ENDED)
                        .isPresent())
                .map(Subscription::feed)
                .collect(Collectors.toSet()));
        if (isReady) {
            // They must be asked for after the offsets that they are compared with, so an answer serves but once.
            leaders.askAgain();
        }
        return isReady;
    }

    @Override
    public OptionalLong open(TopicPartition partition, OptionalLong committed) {
        Symbol symbol = topics.symbol(partition.topic()).orElseThrow();
        String topicId = watcher.current().find(symbol).map(TickTopic::topicId).orElse("");
        SymbolFeeds feeds = new SymbolFeeds(symbol, topicId, host);
        open.put(partition, feeds);
        changed.addAll(bySymbol.follow());
        return feeds.load(wanted(symbol), progress::get, tails::covered, committed);
    }

    @Override
    public void close(TopicPartition partition) {
        readBack.remove(partition);
        if (open.remove(partition) == null) {
            // It was about to be opened; another may write for it now.
            leaders.askAgain();
            tails.forget();
        }
    }

    @Override
    public void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position) {
        open.get(partition).take(validTicks(partition, records), position);
    }

    @Override
    public void missed(TopicPartition partition, long from, long resumed) {
        open.get(partition).miss(resumed);
    }

    @Override
    public void connectionLost() {
        if (!open.isEmpty()) {
            leaders.doubt();
        }
    }

    @Override
    public boolean isOutdated() {
        return leaders.haveChanged();
    }

    @Override
    public boolean isInDoubt() {
        return leaders.areInDoubt();
    }

    @Override
    public boolean isDue() {
        followSubscriptions();
        readHistory();
        return !readBack.isEmpty() || open.values().stream().anyMatch(SymbolFeeds::isDue);
    }

    @Override
    public void write(Transaction transaction) {
        writtenFeeds.clear();
        uncommitted = 0;
        forwarded.begin();
        Room room = new Room(MOST_BYTES);
        String feedPrefix = topics.feedPrefix();
        Transaction counted = new Transaction() {
            @Override
            public void send(ProducerRecord<byte[], byte[]> record) {
                transaction.send(record);
                if (record.topic().startsWith(feedPrefix)) {
                    uncommitted++;
                    forwarded.written(record.topic());
                    if (!failing.isEmpty()) {
                        writtenFeeds.add(record.topic());
                    }
                }
            }

            @Override
            public void commit(TopicPartition partition, long nextOffset, String note) {
                transaction.commit(partition, nextOffset, note);
            }
        };
        open.forEach((partition, feeds) -> {
            History.Read read = readBack.get(partition);
            if (feeds.isDue() || read != null) {
                write(counted, partition, feeds, read, room);
            }
        });
        readBack.clear();
    }

    @Override
    public boolean isUnfinished() {
        return open.values().stream().anyMatch(SymbolFeeds::hasBatches);
    }

    @Override
    public Duration untilDue() {
        return Duration.ofNanos(
                open.values().stream().mapToLong(SymbolFeeds::untilDue).min().orElse(Long.MAX_VALUE));
    }

    @Override
    public boolean hasWork() {
        return history.isReading();
    }

    @Override
    public void committed() {
        feedRecords.increment(uncommitted);
        forwarded.committed();
        open.forEach((partition, feeds) -> {
            if (feeds.isIdle()) {
                partitions.pause(partition);
            }
        });
        failing.written(writtenFeeds);
    }

    @Override
    public void aborted(Map<String, Exception> failures) {
        readBack.clear();
        failures.entrySet().stream()
                .filter(failure -> failure.getKey().startsWith(topics.feedPrefix()))
                .limit(MOST_ASKED)
                .filter(failure -> failing.isLost(failure.getKey(), failure.getValue()))
                .forEach(failure -> {
                    LOG.warn(
                            "Feed {} cannot be written; its subscriptions end: {}",
                            failure.getKey(),
                            failure.getValue().toString());
                    goneFeeds.add(failure.getKey());
                });
        while (goneFeeds.size() > MOST_REMEMBERED) {
            goneFeeds.remove(goneFeeds.iterator().next());
        }
    }

    @Override
    public void release() {
        history.close();
        tails.forget();
    }

    private void write(
            Transaction transaction, TopicPartition partition, SymbolFeeds feeds, History.Read read, Room room) {
        feeds.write(
                transaction,
                Optional.ofNullable(read).map(found -> slice(partition, found)),
                room,
                goneFeeds::contains,
                (key, state) -> write(transaction, key, state));
        transaction.commit(partition, feeds.position(), leaders.note());
    }

    private Slice slice(TopicPartition partition, History.Read read) {
        return read.deleted()
                ? Slice.deleted(read.from(), read.to())
                : Slice.read(read.from(), read.to(), validTicks(partition, read.records()));
    }

    private void write(Transaction transaction, String key, Progress state) {
        transaction.send(
                new ProducerRecord<>(progress.topic(), key.getBytes(StandardCharsets.UTF_8), Json.write(state)));
    }

    private void followSubscriptions() {
        changed.addAll(bySymbol.follow());
        if (changed.isEmpty()) {
            return;
        }
        open.forEach((partition, feeds) -> {
            if (changed.contains(feeds.symbol())) {
                feeds.follow(wanted(feeds.symbol()), progress::get)
                        .ifPresent(offset -> partitions.read(partition, offset));
            }
        });
        changed.clear();
        if (System.nanoTime() - tidiedNanos > TIDY_PERIOD.toNanos()) {
            tidiedNanos = System.nanoTime();
            forwarded.retain(bySymbol.all().stream().map(Subscription::feed).collect(Collectors.toSet()));
        }
    }

    private void readHistory() {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        open.forEach((partition, feeds) -> feeds.historyFrom().ifPresent(from -> wanted.put(partition, from)));
        readBack.putAll(history.read(wanted));
    }

    private List<Subscription> wanted(Symbol symbol) {
        return bySymbol.of(symbol).stream().filter(Subscription::isBound).toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> validTicks(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Symbol symbol = open.get(partition).symbol();
        List<ConsumerRecord<byte[], byte[]>> valid = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()))
                    instanceof Decoded.Valid) {
                valid.add(record);
            }
        }
        return valid;
    }
}
