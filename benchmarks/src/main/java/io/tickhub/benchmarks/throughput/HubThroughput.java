package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import java.util.List;

/**
 * How many records a second one worker of a hub writes into feeds, as it ships; compared with a loop that copies the same bytes into the same
 * number of feeds in transactions of the same size and does nothing else, and, with one feed of each symbol, with Kafka Streams that passes
 * them through. Each is a JVM of its own with the same flags and goes through the same backlog of ten symbols from the beginning; a
 * {@link Course} takes the time. Afterwards every feed must hold every tick of its symbol once. No state.
 */
public final class HubThroughput {

    private static final int SYMBOLS = 10;
    private static final double OF_THE_LOOP_WITH_ONE = 0.8;
    private static final double OF_THE_LOOP_WITH_MANY = 0.7;
    private static final double OF_STREAMS = 3;
    private static final String UNIT = "records/s";

    private HubThroughput() {}

    /** Takes a quarter of an hour. */
    public static Report measure(Trial trial) throws InterruptedException {
        Report report = oneFeed(trial);
        report = manyFeeds(trial, 10, trial.effort().choose(200_000, 10_000), report);
        return manyFeeds(trial, 100, trial.effort().choose(30_000, 2_000), report);
    }

    private static Report oneFeed(Trial trial) throws InterruptedException {
        try (Course course =
                Course.open(trial, Backlog.of(SYMBOLS, trial.effort().choose(5_000_000, 50_000)))) {
            Forwarding forwarding = Forwarding.prepare(trial, course, 1);
            List<Series> all = Rounds.alternate(
                    trial,
                    UNIT,
                    List.of(
                            new Contender(loop(1), () -> forwarding.peer(Peer.FORWARDING_LOOP)),
                            new Contender(hub(1), forwarding::hub),
                            new Contender(
                                    "Kafka Streams, 1 feed a symbol", () -> forwarding.peer(Peer.STREAMS_FORWARDING))));
            Series hub = all.get(1);
            return Report.comparing("RECORDS WRITTEN", all)
                    .withGoal(Goal.atLeast(
                            OF_THE_LOOP_WITH_ONE, "hub to the loop, 1 feed a symbol", hub.ratioTo(all.get(0))))
                    .withGoal(Goal.atLeast(OF_STREAMS, "hub to Kafka Streams", hub.ratioTo(all.get(2))));
        }
    }

    /** Adds what is measured to a report. */
    private static Report manyFeeds(Trial trial, int feeds, int ticks, Report report) throws InterruptedException {
        try (Course course = Course.open(trial, Backlog.of(SYMBOLS, ticks))) {
            Forwarding forwarding = Forwarding.prepare(trial, course, feeds);
            List<Series> all = Rounds.alternate(
                    trial,
                    UNIT,
                    List.of(
                            new Contender(loop(feeds), () -> forwarding.peer(Peer.FORWARDING_LOOP)),
                            new Contender(hub(feeds), forwarding::hub)));
            Report longer = report;
            for (Series series : all) {
                longer = longer.withRow(series.row(all.getFirst())).withSeries(series);
            }
            return longer.withGoal(Goal.atLeast(
                    OF_THE_LOOP_WITH_MANY,
                    "hub to the loop, %d feeds a symbol".formatted(feeds),
                    all.get(1).ratioTo(all.getFirst())));
        }
    }

    private static String loop(int feeds) {
        return "baseline: a loop, %d feeds a symbol".formatted(feeds);
    }

    private static String hub(int feeds) {
        return "hub, one worker, %d feeds a symbol".formatted(feeds);
    }
}
