package io.tickhub.drill.proof;

import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Proves from Kafka alone that a running system has neither lost nor doubled a tick: statistics, feeds and dead letters against what
 * stands in the symbols' topics. Each proof goes on where the one before has ended. For one thread. Owns its consumers, not the
 * admin client and the tables.
 */
public final class Proof implements AutoCloseable {

    private final Topics topics;
    private final Admin admin;
    private final Duration patience;
    private final CompactedTable<PriceStats> stats;
    private final CompactedTable<Subscription> subscriptions;
    private final LogReader tickReader;
    private final LogReader feedReader;
    private final LogReader letterReader;
    private final Map<String, Tape> tapesByTopic = new LinkedHashMap<>();
    private final Map<Symbol, Recount> recounts = new LinkedHashMap<>();
    private final Map<String, FeedProof> feedProofsById = new HashMap<>();
    private final DeadLetterProof letters = new DeadLetterProof();
    private Findings findings = new Findings();

    /**
     * @param symbols whose topics are watched, from their first offset on
     * @param patience how long the system may take to come to the end of what was published
     */
    public Proof(
            KafkaConfig kafka,
            Admin admin,
            CompactedTable<PriceStats> stats,
            CompactedTable<Subscription> subscriptions,
            List<Symbol> symbols,
            Duration patience) {
        this.topics = kafka.topics();
        this.admin = admin;
        this.patience = patience;
        this.stats = stats;
        this.subscriptions = subscriptions;
        this.tickReader = new LogReader(kafka, "proof-ticks");
        this.feedReader = new LogReader(kafka, "proof-feeds");
        this.letterReader = new LogReader(kafka, "proof-dead-letters");
        for (Symbol symbol : symbols) {
            Tape tape = new Tape(symbol);
            tapesByTopic.put(topics.ticks(symbol).name(), tape);
            recounts.put(symbol, new Recount(tape));
        }
        tickReader.follow(tickPartitions());
        letterReader.follow(partitions(topics.deadLetters()));
    }

    /**
     * Waits until the system has come to the present ends of all topics, and compares everything.
     *
     * @param found gets what is wrong
     */
    public void run(Findings found) {
        findings = found;
        Map<TopicPartition, Long> ends = ends(tickPartitions());
        awaitStatistics(ends);
        followFeeds();
        awaitFeeds(ends);
        // What is compared may lie beyond the ends that were waited for, so the topics are read after it.
        Map<String, PriceStats> published = new HashMap<>();
        recounts.keySet().forEach(symbol -> stats.get(symbol.toString())
                .ifPresent(figures -> published.put(symbol.toString(), figures)));
        readTicks();
        readLetters();
        compare(published);
    }

    @Override
    public void close() {
        tickReader.close();
        feedReader.close();
        letterReader.close();
    }

    private void awaitStatistics(Map<TopicPartition, Long> ends) {
        // The condition is about a table, but reading on meanwhile is time well spent.
        boolean reached = tickReader.readUntil(
                () -> ends.entrySet().stream().allMatch(end -> asOf(end.getKey()) >= end.getValue()),
                patience,
                this::addTick);
        if (!reached) {
            ends.forEach((partition, end) -> {
                if (asOf(partition) < end) {
                    findings.lost(
                            end - asOf(partition),
                            "%s: statistics stand at %d and did not come to %d within %d s"
                                    .formatted(partition.topic(), asOf(partition), end, patience.toSeconds()));
                }
            });
        }
    }

    private void followFeeds() {
        Set<String> there = listTopics();
        Set<TopicPartition> feeds = new HashSet<>();
        Set<String> known = new HashSet<>();
        for (Subscription subscription : subscriptions.values()) {
            if (there.contains(subscription.feed())
                    && tapesByTopic.containsKey(
                            topics.ticks(subscription.symbol()).name())) {
                known.add(subscription.id() + subscription.symbol());
                feeds.add(new TopicPartition(subscription.feed(), 0));
                feedProofsById.computeIfAbsent(
                        subscription.id() + subscription.symbol(), id -> new FeedProof(subscription));
            }
        }
        feedProofsById.keySet().retainAll(known);
        feedReader.follow(feeds);
    }

    private void awaitFeeds(Map<TopicPartition, Long> ends) {
        boolean reached = feedReader.readUntil(
                () -> feedProofsById.values().stream().allMatch(proof -> proof.hasReached(end(proof, ends))),
                patience,
                this::addCopy);
        if (!reached) {
            feedProofsById.values().stream()
                    .filter(proof -> !proof.hasReached(end(proof, ends)))
                    .forEach(proof -> findings.lost(
                            1,
                            "%s: the feed did not come to offset %d within %d s"
                                    .formatted(proof.subscription().key(), end(proof, ends), patience.toSeconds())));
        }
    }

    /** As far as a subscription has to have come: to its own end, or to that of the topic. */
    private long end(FeedProof proof, Map<TopicPartition, Long> ends) {
        long topicEnd = ends.get(
                new TopicPartition(topics.ticks(proof.subscription().symbol()).name(), 0));
        return subscriptions
                .get(proof.subscription().key())
                .flatMap(newest -> newest.end().stream().boxed().findFirst())
                .map(end -> Math.min(end, topicEnd))
                .orElse(topicEnd);
    }

    private void readTicks() {
        Map<TopicPartition, Long> ends = ends(tickPartitions());
        if (!tickReader.readUntil(() -> tickReader.hasRead(ends), patience, this::addTick)) {
            findings.complain("the ticks could not be read back to " + ends);
        }
    }

    private void readLetters() {
        Map<TopicPartition, Long> ends = ends(partitions(topics.deadLetters()));
        if (!letterReader.readUntil(
                () -> letterReader.hasRead(ends), patience, record -> letters.add(record, findings))) {
            findings.complain("the dead letters could not be read back to " + ends);
        }
    }

    private void compare(Map<String, PriceStats> published) {
        Map<Symbol, Long> kept = new HashMap<>();
        recounts.forEach((symbol, recount) -> {
            PriceStats figures = published.get(symbol.toString());
            if (figures != null) {
                long from = recount.next();
                Tape tape = tapesByTopic.get(topics.ticks(symbol).name());
                recount.compare(figures, findings);
                letters.compare(tape, topics.ticks(symbol).name(), from, recount.next(), findings);
            }
            kept.put(symbol, recount.next());
        });
        for (FeedProof proof : feedProofsById.values()) {
            Symbol symbol = proof.subscription().symbol();
            proof.compare(tapesByTopic.get(topics.ticks(symbol).name()), findings);
            proof.compared().ifPresent(offset -> kept.merge(symbol, offset, Math::min));
        }
        tapesByTopic.values().forEach(tape -> tape.forgetBefore(kept.get(tape.symbol())));
    }

    private void addTick(ConsumerRecord<byte[], byte[]> record) {
        tapesByTopic.get(record.topic()).add(record, findings);
    }

    private void addCopy(ConsumerRecord<byte[], byte[]> record) {
        String id = new String(record.headers().lastHeader(Headers.SUBSCRIPTION).value(), StandardCharsets.UTF_8);
        FeedProof proof = feedProofsById.get(id + new String(record.key(), StandardCharsets.UTF_8));
        if (proof == null) {
            findings.complain("%s@%d belongs to no subscription".formatted(record.topic(), record.offset()));
        } else {
            proof.add(record, findings);
        }
    }

    private long asOf(TopicPartition partition) {
        Symbol symbol = tapesByTopic.get(partition.topic()).symbol();
        return stats.get(symbol.toString()).map(PriceStats::asOf).orElse(0L);
    }

    private List<TopicPartition> tickPartitions() {
        return tapesByTopic.keySet().stream()
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
    }

    private static List<TopicPartition> partitions(Topics.Spec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(() -> admin.listOffsets(latest).all().get())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private Set<String> listTopics() {
        return await(() -> admin.listTopics().names().get());
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T await(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the cluster does not answer: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
