package io.tickhub.aggregator.statistics;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.bar.SavedBars;
import io.tickhub.aggregator.bar.SymbolBars;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.deadletter.DeadLetters;
import io.tickhub.runtime.worker.Computation;
import io.tickhub.runtime.worker.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the statistics and bars of the symbols that a worker owns. For the worker's thread.
 *
 * <p>What was counted and how far the topic was read are one record, {@link AggregatorState}, and it is written in the transaction
 * that commits the same offset for the group. So the two can never differ. Where they do, an offset that is smaller harms nobody: the
 * state itself tells what it has counted. Where the offset is greater, ticks in between would never be counted, and the worker refuses
 * to go on.
 */
public final class AggregatorComputation implements Computation {

    private static final Logger LOG = LoggerFactory.getLogger(AggregatorComputation.class);

    /** Bars are written at once when so many wait: history read fast completes thousands between two publications. */
    private static final int MOST_BARS = 5_000;

    /** Between two polls; a fraction of the time between two publications, and more for each partition that a poll goes through. */
    private static final Duration LEAST_REST = Duration.ofMillis(5);

    private static final Duration REST_FOR_A_SYMBOL = Duration.ofNanos(20_000);
    private static final int POLLS_AN_INTERVAL = 4;

    /** How often it is looked for symbols that have become quiet. */
    private static final Duration LOOK_PERIOD = Duration.ofMillis(200);

    /** Dead letters are written at once when they hold this much memory. */
    private static final long MOST_LETTER_BYTES = 4 * 1024 * 1024;

    private final Topics topics;
    private final Sources sources;
    private final DeadLetters deadLetters;
    private final StatisticsListener listener;
    private final BarSettings barSettings;
    private final Map<BarInterval, String> barTopics;
    private final Sessions sessions;
    private final Pace pace;
    private final TickCodec codec = new TickCodec();
    private final Map<TopicPartition, OwnedSymbol> owned = new HashMap<>();
    private final Map<TopicPartition, OwnedSymbol> changed = new LinkedHashMap<>();
    private final Map<TopicPartition, PriceStats> written = new LinkedHashMap<>();
    private long writtenNanos;
    private long writingNanos;
    private long lookedNanos;
    private long writtenBars;

    /**
     * Where a symbol's state comes from.
     *
     * @param topicId Kafka's present id of the symbol's topic
     * @param savedState the symbol's record on {@code aggregator-state}
     */
    public record Sources(Function<Symbol, Optional<String>> topicId, Function<Symbol, Optional<byte[]>> savedState) {}

    /**
     * When something is due.
     *
     * @param interval time between two publications
     * @param nanoTime {@link System#nanoTime}, or a test's clock
     * @param clock by which the bars of quiet symbols are closed
     */
    public record Pace(Duration interval, LongSupplier nanoTime, InstantSource clock) {}

    /** @param listener told of everything that became final */
    public AggregatorComputation(
            Topics topics,
            Sources sources,
            DeadLetters deadLetters,
            StatisticsListener listener,
            BarSettings barSettings,
            Sessions sessions,
            Pace pace) {
        this.topics = topics;
        this.sources = sources;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.barSettings = barSettings;
        this.barTopics = barSettings.intervals().stream()
                .collect(Collectors.toMap(
                        interval -> interval, interval -> topics.bars(interval).name()));
        this.sessions = sessions;
        this.pace = pace;
        this.writtenNanos = nanoTime();
        this.lookedNanos = nanoTime();
    }

    @Override
    public OptionalLong open(TopicPartition partition, OptionalLong committed) {
        Symbol symbol = topics.symbol(partition.topic())
                .orElseThrow(() -> new IllegalStateException(partition.topic() + " is the topic of no symbol"));
        Optional<String> topicId = sources.topicId().apply(symbol);
        // Without an id it was just deleted: the group takes the partition away, or it is opened again if another topic
        // is made.
        return topicId.isPresent() ? open(partition, symbol, topicId.get(), committed) : OptionalLong.empty();
    }

    private OptionalLong open(TopicPartition partition, Symbol symbol, String topicId, OptionalLong committed) {
        Optional<AggregatorState> saved =
                sources.savedState().apply(symbol).map(json -> AggregatorState.fromJson(symbol, json));
        Optional<AggregatorState> current =
                saved.filter(state -> state.topicId().equals(topicId));
        if (saved.isEmpty() || current.isPresent()) {
            requireSame(symbol, current, committed);
        }
        // The log's beginning is not known here. Offset 0 is it, or the worker tells by missed() where reading began.
        Accumulator accumulator = current.map(Accumulator::new).orElseGet(() -> new Accumulator(symbol, topicId, 0));
        SymbolBars bars = new SymbolBars(
                symbol,
                topicId,
                barSettings,
                current.map(AggregatorState::bars).orElse(SavedBars.NONE),
                current.flatMap(AggregatorState::newestTime));
        OwnedSymbol opened = new OwnedSymbol(
                accumulator, bars, sessions, codec, deadLetters, pace.clock().instant());
        owned.put(partition, opened);
        listener.opened(opened.committed());
        if (saved.isPresent() && current.isEmpty()) {
            // The topic was made again: what is published of the former one must go, ticks or not.
            changed.put(partition, opened);
        }
        return OptionalLong.of(accumulator.nextOffset());
    }

    private static void requireSame(Symbol symbol, Optional<AggregatorState> state, OptionalLong committed) {
        if (committed.isEmpty()) {
            // The group forgot, after a week without members; the state alone tells how far it got.
            return;
        }
        if (state.isEmpty()) {
            throw new IllegalStateException("offset " + committed.getAsLong() + " is committed for " + symbol
                    + ", but aggregator-state has no record of it; to count " + symbol
                    + " afresh, delete the offsets of its topic in the aggregator's group");
        }
        if (state.get().nextOffset() > committed.getAsLong()) {
            LOG.warn(
                    "Offset {} is committed for {}, but its statistics are saved up to offset {}: going on from there; to count "
                            + "afresh, delete its record on aggregator-state and the offsets of its topic in the aggregator's group",
                    committed.getAsLong(),
                    symbol,
                    state.get().nextOffset());
        } else if (state.get().nextOffset() < committed.getAsLong()) {
            throw new IllegalStateException(
                    "the saved statistics of " + symbol + " end before offset "
                            + state.get().nextOffset() + ", but offset " + committed.getAsLong()
                            + " is committed: something else has changed one of them; to count " + symbol
                            + " afresh, delete its record on aggregator-state and the offsets of its topic in the aggregator's group");
        }
    }

    @Override
    public void close(TopicPartition partition) {
        changed.remove(partition);
        written.remove(partition);
        OwnedSymbol closed = owned.remove(partition);
        if (closed != null) {
            listener.released(closed.symbol());
        }
    }

    @Override
    public void process(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long position) {
        OwnedSymbol symbol = owned.get(partition);
        long before = symbol.accumulator().nextOffset();
        symbol.take(records, pace.clock().instant());
        // The position can be an old one, while a new leader is being looked for.
        if (position > symbol.accumulator().nextOffset()) {
            symbol.accumulator().skipTo(position);
        }
        if (symbol.accumulator().nextOffset() != before) {
            changed.put(partition, symbol);
        }
    }

    @Override
    public void missed(TopicPartition partition, long from, long resumed) {
        OwnedSymbol symbol = owned.get(partition);
        symbol.missTo(resumed);
        changed.put(partition, symbol);
    }

    @Override
    public boolean isDue() {
        closeQuietBars();
        if (changed.isEmpty()) {
            return false;
        }
        if (nanoTime() - writtenNanos >= pace.interval().toNanos()) {
            return true;
        }
        long letterBytes = 0;
        long bars = 0;
        for (OwnedSymbol symbol : changed.values()) {
            letterBytes += symbol.letterBytes();
            bars += symbol.unpublishedBarCount();
        }
        return letterBytes >= MOST_LETTER_BYTES || bars >= MOST_BARS;
    }

    @Override
    public Duration betweenPolls() {
        Duration rest = LEAST_REST.plus(REST_FOR_A_SYMBOL.multipliedBy(owned.size()));
        Duration most = pace.interval().dividedBy(POLLS_AN_INTERVAL);
        return rest.compareTo(most) < 0 ? rest : most;
    }

    private void closeQuietBars() {
        if (nanoTime() - lookedNanos >= LOOK_PERIOD.toNanos()) {
            lookedNanos = nanoTime();
            Instant now = pace.clock().instant();
            owned.forEach((partition, symbol) -> {
                if (symbol.closeQuietBars(now)) {
                    changed.put(partition, symbol);
                }
            });
        }
    }

    private long nanoTime() {
        return pace.nanoTime().getAsLong();
    }

    @Override
    public void write(Transaction transaction) {
        writingNanos = nanoTime();
        written.clear();
        writtenBars = 0;
        changed.forEach((partition, symbol) -> {
            symbol.endRun();
            PriceStats stats = symbol.stats();
            byte[] key = symbol.symbol().toBytes();
            symbol.letters().forEach(transaction::send);
            symbol.closedSessions()
                    .forEach(closed -> transaction.send(
                            new ProducerRecord<>(topics.sessions().name(), key, Json.write(closed))));
            List<Bar> bars = symbol.unpublishedBars();
            int barPartition = Topics.barPartition(symbol.symbol());
            bars.forEach(bar -> transaction.send(record(bar, barPartition)));
            writtenBars += bars.size();
            transaction.send(new ProducerRecord<>(
                    topics.aggregatorState().name(), key, symbol.state().toJson()));
            transaction.send(new ProducerRecord<>(topics.stats().name(), key, Json.write(stats)));
            transaction.commit(partition, stats.asOf());
            written.put(partition, stats);
        });
    }

    private ProducerRecord<byte[], byte[]> record(Bar bar, int partition) {
        return new ProducerRecord<>(
                barTopics.get(bar.interval()), partition, bar.key().getBytes(StandardCharsets.UTF_8), bar.toJson());
    }

    /** Nothing of what is pending is let go before it is committed. */
    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void committed() {
        writtenNanos = writingNanos;
        PublicationTotals totals = new PublicationTotals();
        for (Map.Entry<TopicPartition, PriceStats> entry : written.entrySet()) {
            OwnedSymbol symbol = owned.get(entry.getKey());
            totals.add(symbol, entry.getValue());
            symbol.commit(entry.getValue());
        }
        List<PriceStats> all = new ArrayList<>(written.values());
        changed.clear();
        written.clear();
        if (!all.isEmpty()) {
            listener.published(totals.toPublication(all, writtenBars));
        }
    }

    @Override
    public void aborted(Map<String, Exception> failures) {
        // Every partition has been closed, and what was not committed is forgotten with it.
    }
}
