package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.FeedPlan;
import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.benchmarks.rig.TopicContents;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Headers;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies the backlog of a course into feeds, each run into feeds that are new and empty. For one thread; does not own the course. */
final class Forwarding {

    private static final String GROUP = "hub";

    private final Trial trial;
    private final Course course;
    private final FeedPlan plan;
    private final List<Topics.Spec> feeds;
    private int runs;

    private Forwarding(Trial trial, Course course, FeedPlan plan) {
        this.trial = trial;
        this.course = course;
        this.plan = plan;
        this.feeds = course.backlog().symbols().stream()
                .flatMap(symbol -> plan.feeds(symbol).stream())
                .toList();
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

    private void requireAll(String group) {
        Map<String, Integer> ticksByFeed = new HashMap<>();
        TopicContents.read(course.kafka(), feeds.stream().map(Topics.Spec::name).toList(), record -> {
            if (record.headers().lastHeader(Headers.EVENT) == null) {
                ticksByFeed.merge(record.topic(), 1, Integer::sum);
            }
        });
        for (Topics.Spec feed : feeds) {
            int ticks = ticksByFeed.getOrDefault(feed.name(), 0);
            if (ticks != course.backlog().ticksPerSymbol()) {
                throw new IllegalStateException("%s: %s holds %,d of %,d ticks"
                        .formatted(group, feed.name(), ticks, course.backlog().ticksPerSymbol()));
            }
        }
    }
}
