package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.FeedPlan;
import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How many ticks a second one worker of an aggregator counts, with all statistics and bars, as it ships; compared with a consumer that
 * only counts bytes, and with Kafka Streams that keeps count, minimum, maximum, sum and last price, and so writes no bars: which is why an
 * aggregator with all statistics, but without bars, is measured too. Each is a JVM of its own with the same
 * flags, has one thread, and goes through the same backlog from the beginning as the only member of a group without offsets; a
 * {@link Course} takes the time. Afterwards the counts that were published must be those of the backlog. For one thread.
 */
public final class AggregatorThroughput {

    private static final int SYMBOLS = 10;
    private static final int TICKS = 20_000_000;
    private static final int FEW_TICKS = 100_000;
    private static final double OF_BYTES = 0.5;
    private static final double OF_STREAMS = 6;
    private static final Map<String, String> NO_BARS = Map.of("TICKHUB_BAR_INTERVALS", "none");
    private static final JvmOptions USUAL = JvmOptions.asInContainer(PeerProcess.HEAP_MEGABYTES);

    private final Trial trial;
    private final Course course;
    private final AggregatorLap lap;
    private final FeedPlan plan;
    private int runs;

    private AggregatorThroughput(Trial trial, Course course) {
        this.trial = trial;
        this.course = course;
        this.lap = new AggregatorLap(course, trial.logs());
        this.plan = new FeedPlan(course.kafka().topics(), 1);
    }

    /** Takes ten minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        Backlog backlog = Backlog.of(SYMBOLS, trial.effort().choose(TICKS, FEW_TICKS));
        try (Course course = Course.open(trial, backlog)) {
            return new AggregatorThroughput(trial, course).measure();
        }
    }

    private Report measure() throws InterruptedException {
        List<Series> all = Rounds.alternate(
                trial,
                AggregatorLap.UNIT,
                List.of(
                        new Contender("baseline: a consumer counts bytes", () -> peer(Peer.BYTE_COUNTER)),
                        new Contender("aggregator, one worker", () -> lap.run(USUAL)),
                        new Contender("aggregator without bars", () -> lap.run(USUAL, NO_BARS)),
                        new Contender("Kafka Streams, exactly once", () -> peer(Peer.STREAMS_STATISTICS_EXACTLY_ONCE)),
                        new Contender(
                                "Kafka Streams, at least once", () -> peer(Peer.STREAMS_STATISTICS_AT_LEAST_ONCE))));
        Series aggregator = all.get(1);
        return Report.comparing("%,d TICKS".formatted(course.backlog().ticks()), all)
                .withGoal(Goal.atLeast(
                        OF_BYTES, "aggregator to the consumer that counts bytes", aggregator.ratioTo(all.get(0))))
                .withGoal(Goal.atLeast(
                        OF_STREAMS, "aggregator to Kafka Streams, exactly once", aggregator.ratioTo(all.get(3))));
    }

    private double peer(Peer peer) throws InterruptedException {
        runs++;
        String group = "%s-%d".formatted(peer.text(), runs);
        PeerTask task = new PeerTask(peer, course.kafka().bootstrapServers(), group, plan);
        course.create(List.of(new Topics.Spec(
                PeerTask.STATISTICS,
                course.kafka().topics().stats().partitions(),
                Topics.Cleanup.COMPACT,
                Duration.ZERO,
                course.kafka().topics().stats().maxMessageBytes())));
        double rate;
        try (PeerProcess process = PeerProcess.start(task, trial.logs())) {
            rate = course.time(process, group);
            if (peer != Peer.BYTE_COUNTER) {
                lap.awaitCounts(PeerTask.STATISTICS);
            }
        }
        course.delete(topic -> topic.equals(PeerTask.STATISTICS) || topic.startsWith(group));
        return rate;
    }
}
