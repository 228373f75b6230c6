package io.tickhub.client.verify;

import io.tickhub.client.NoHubException;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks published statistics and bars against the ticks in Kafka; no service needs to run, and those that run are not disturbed. For
 * one thread. Owns a consumer.
 *
 * <p>In a system that runs, everything moves while it is read. So the order matters: first the statistics, which say what was counted;
 * then the bars, which hold that at least; then the end of the ticks, beyond which no aggregator can have been; then the ticks.
 */
public final class Verification implements AutoCloseable {

    private final Topics topics;
    private final BarRules rules;
    private final PartitionReader reader;

    /** @param rules as the aggregators have them */
    public Verification(KafkaConfig kafka, BarRules rules) {
        this.topics = kafka.topics();
        this.rules = rules;
        this.reader = new PartitionReader(kafka, "tickhub-verify");
    }

    /**
     * The statistics that are published, by symbol.
     *
     * @throws NoHubException if there never was a system in that cluster
     */
    public SortedMap<Symbol, PriceStats> statistics() {
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
     * Checks one symbol.
     *
     * @param stats its statistics, from {@link #statistics}
     * @param sample how many of the newest offsets to read; empty for all
     * @param progress told now and then how many offsets have been read
     */
    public Verdict verify(PriceStats stats, OptionalLong sample, LongConsumer progress) {
        Set<String> there = reader.topics();
        List<IntervalRecount> intervals = there.stream()
                .flatMap(topic -> topics.barInterval(topic).stream())
                .sorted()
                .map(interval -> new IntervalRecount(interval, bars(stats, interval), rules, stats))
                .toList();
        TopicPartition ticks = new TopicPartition(topics.ticks(stats.symbol()).name(), 0);
        if (!there.contains(ticks.topic())) {
            return new Verdict(stats.symbol(), false, stats.asOf(), stats.asOf(), 0, 0, 0, List.of());
        }
        long end = Math.max(reader.end(ticks), stats.asOf());
        long begin = reader.begin(ticks);
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
        reader.close();
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
