package io.tickhub.client.verify;

import io.tickhub.client.BrokerException;
import io.tickhub.client.NoHubException;
import io.tickhub.client.NotAllowedException;
import io.tickhub.client.verify.Verdict.Extent;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks published statistics and bars against the ticks in Kafka; no service needs to run, and those that run are not disturbed. For
 * one thread. Owns its Kafka clients.
 *
 * <p>In a system that runs, everything moves while it is read. So the order matters: first the statistics, which say what was counted;
 * then the bars, which hold that at least; then the end of the ticks, beyond which no aggregator can have been; then the ticks.
 *
 * <p>Every method throws {@link BrokerException} if Kafka does not answer, and {@link NotAllowedException} if it does not let this user.
 */
public final class Verification implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String CLIENT = "tickhub-verify";

    private final KafkaConfig kafka;
    private final Topics topics;
    private final BarRules rules;
    private final TopicIds ids;
    private final PartitionReader reader;

    private Verification(KafkaConfig kafka, BarRules rules, TopicIds ids, PartitionReader reader) {
        this.kafka = kafka;
        this.topics = kafka.topics();
        this.rules = rules;
        this.ids = ids;
        this.reader = reader;
    }

    /**
     * Connects to a system's topics.
     *
     * @param rules as the aggregators have them
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     */
    public static Verification connect(KafkaConfig kafka, BarRules rules) {
        return BrokerException.explaining(kafka, ANSWER, () -> {
            TopicIds ids = new TopicIds(kafka, CLIENT + "-admin", ANSWER);
            try {
                return new Verification(kafka, rules, ids, new PartitionReader(kafka, CLIENT, ANSWER));
            } catch (RuntimeException e) {
                ids.close();
                throw e;
            }
        });
    }

    /**
     * The statistics that are published, by symbol.
     *
     * @throws NoHubException if there never was a system in that cluster
     */
    public SortedMap<Symbol, PriceStats> statistics() {
        return BrokerException.explaining(kafka, ANSWER, this::readStatistics);
    }

    private SortedMap<Symbol, PriceStats> readStatistics() {
        if (!reader.topics().contains(topics.stats().name())) {
            throw new NoHubException("there is no topic " + topics.stats().name() + " in this cluster");
        }
        SortedMap<Symbol, PriceStats> found = new TreeMap<>();
        for (int number = 0; number < topics.stats().partitions(); number++) {
            TopicPartition partition = new TopicPartition(topics.stats().name(), number);
            reader.read(partition, reader.begin(partition), reader.end(partition), record -> {
                Symbol symbol = new Symbol(new String(record.key(), StandardCharsets.UTF_8));
                if (record.value() == null) {
                    found.remove(symbol);
                } else {
                    found.put(symbol, Json.read(record.value(), PriceStats.class));
                }
            });
        }
        return found;
    }

    /**
     * Checks one symbol. Where its topic is gone, or another was made in its place that no aggregator has counted yet, there is
     * nothing to check.
     *
     * @param stats its statistics, from {@link #statistics}
     * @param sample how many of the newest offsets to read; empty for all
     * @param progress told now and then how many offsets have been read
     */
    public Verdict verify(PriceStats stats, OptionalLong sample, LongConsumer progress) {
        return BrokerException.explaining(kafka, ANSWER, () -> recount(stats, sample, progress));
    }

    private Verdict recount(PriceStats stats, OptionalLong sample, LongConsumer progress) {
        Set<String> there = reader.topics();
        List<IntervalRecount> intervals = there.stream()
                .flatMap(topic -> topics.barInterval(topic).stream())
                .sorted()
                .map(interval -> new IntervalRecount(interval, bars(stats, interval), rules, stats))
                .toList();
        TopicPartition ticks = new TopicPartition(topics.ticks(stats.symbol()).name(), 0);
        if (!there.contains(ticks.topic())) {
            return gone(stats);
        }
        long end = reader.end(ticks);
        long begin = reader.begin(ticks);
        // Asked last: if it is the one that was counted, then that was the end of it, too.
        if (!ids.find(ticks.topic()).equals(Optional.of(stats.topicId()))) {
            return gone(stats);
        }
        long from = sample.isPresent() ? Math.max(begin, stats.asOf() - sample.getAsLong()) : begin;
        SymbolRecount recount = new SymbolRecount(stats, rules, intervals, from);
        reader.read(ticks, from, end, record -> {
            recount.add(record);
            progress.accept(record.offset() - from + 1);
        });
        return recount.verdict();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } finally {
            ids.close();
        }
    }

    private static Verdict gone(PriceStats stats) {
        return new Verdict(stats.symbol(), Extent.GONE, stats.asOf(), stats.asOf(), 0, 0, 0, List.of());
    }

    /** Those of the topic that the statistics are of: it may have been deleted and made again. */
    private List<Bar> bars(PriceStats stats, BarInterval interval) {
        TopicPartition partition =
                new TopicPartition(topics.bars(interval).name(), Topics.barPartition(stats.symbol()));
        Map<String, Bar> found = new HashMap<>();
        String prefix = Bar.keyPrefix(stats.symbol());
        reader.read(partition, reader.begin(partition), reader.end(partition), record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() != null && key.lastIndexOf('/') == prefix.length() - 1 && key.startsWith(prefix)) {
                found.put(key, Json.read(record.value(), Bar.class));
            }
        });
        List<Bar> bars = new ArrayList<>(found.values());
        bars.removeIf(bar -> !bar.topicId().equals(stats.topicId()));
        return bars;
    }
}
