package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.FeedPlan;
import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.benchmarks.rig.TopicContents;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Decoded;
import io.tickhub.model.Headers;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Copies the backlog of a course into feeds, each run into feeds that are new and empty. For one thread; does not own the course. */
final class Forwarding {

    private static final String GROUP = "hub";

    private final Trial trial;
    private final Course course;
    private final FeedPlan plan;
    private final List<Topics.Spec> feeds;
    private final Map<String, Symbol> symbolsByFeed = new HashMap<>();
    private final TickCodec codec = new TickCodec();
    private int runs;

    private Forwarding(Trial trial, Course course, FeedPlan plan) {
        this.trial = trial;
        this.course = course;
        this.plan = plan;
        this.feeds = course.backlog().symbols().stream()
                .flatMap(symbol -> plan.feeds(symbol).stream())
                .toList();
        course.backlog().symbols().forEach(symbol -> plan.feeds(symbol)
                .forEach(feed -> symbolsByFeed.put(feed.name(), symbol)));
    }

    /** With as many subscribers of each symbol. */
    static Forwarding prepare(Trial trial, Course course, int feedsPerSymbol) throws InterruptedException {
        Forwarding forwarding =
                new Forwarding(trial, course, new FeedPlan(course.kafka().topics(), feedsPerSymbol));
        Subscribers.subscribe(course, forwarding.plan);
        return forwarding;
    }

    /** Records a second of a hub that finds all subscriptions at its start. */
    double hub() throws InterruptedException {
        Topics topics = course.kafka().topics();
        course.forget(topics.group(GROUP));
        course.delete(topics.progress().name()::equals);
        course.create(List.of(topics.progress()));
        makeFeeds();
        Map<String, String> settings = Map.of(
                KafkaConfig.BOOTSTRAP_SERVERS.name(),
                course.kafka().bootstrapServers(),
                "TICKHUB_INSTANCE",
                "hub-1",
                "TICKHUB_HUB_WORKERS",
                "1",
                // The clients are not there to renew it.
                "TICKHUB_CLIENT_LEASE",
                "24h");
        return run(PeerProcess.start(Role.HUB, settings, trial.logs()), topics.group(GROUP));
    }

    /** Records a second of a peer. */
    double peer(Peer peer) throws InterruptedException {
        runs++;
        makeFeeds();
        PeerTask task =
                new PeerTask(peer, course.kafka().bootstrapServers(), "%s-%d".formatted(peer.text(), runs), plan);
        return run(PeerProcess.start(task, trial.logs()), task.group());
    }

    private double run(PeerProcess started, String group) throws InterruptedException {
        double ticksPerSecond;
        try (PeerProcess process = started) {
            ticksPerSecond = course.time(process, group);
        }
        requireAll(group);
        return ticksPerSecond * plan.feedsPerSymbol();
    }

    private void makeFeeds() throws InterruptedException {
        course.delete(topic -> topic.startsWith(course.kafka().topics().feedPrefix()));
        course.create(feeds);
    }

    /** By the ids of the ticks: Kafka Streams has no other names for them. */
    private void requireAll(String group) {
        int expected = course.backlog().ticksPerSymbol();
        Map<String, BitSet> idsByFeed = new HashMap<>();
        TopicContents.read(course.kafka(), symbolsByFeed.keySet(), record -> {
            if (record.headers().lastHeader(Headers.EVENT) == null) {
                BitSet ids = idsByFeed.computeIfAbsent(record.topic(), unused -> new BitSet(expected));
                int id = id(record);
                if (id >= expected || ids.get(id)) {
                    throw new IllegalStateException("%s: %s holds tick %,d twice, or one that was not published, at %,d"
                            .formatted(group, record.topic(), id, record.offset()));
                }
                ids.set(id);
            }
        });
        for (String feed : symbolsByFeed.keySet()) {
            int ticks = idsByFeed.getOrDefault(feed, new BitSet()).cardinality();
            if (ticks != expected) {
                throw new IllegalStateException(
                        "%s: %s holds %,d of %,d ticks".formatted(group, feed, ticks, expected));
            }
        }
    }

    private int id(ConsumerRecord<byte[], byte[]> record) {
        Symbol symbol = symbolsByFeed.get(record.topic());
        return switch (codec.decode(symbol, record.value(), Instant.ofEpochMilli(record.timestamp()))) {
            case Decoded.Valid valid -> Integer.parseInt(valid.tick().id());
            case Decoded.Malformed malformed ->
                throw new IllegalStateException(
                        "%s holds no tick at %,d: %s".formatted(record.topic(), record.offset(), malformed));
        };
    }
}
