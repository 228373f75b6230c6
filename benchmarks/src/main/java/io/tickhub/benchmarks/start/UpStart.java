package io.tickhub.benchmarks.start;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.ClientConfig;
import io.tickhub.client.MarketDataClient;
import io.tickhub.drill.rig.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long {@code tickhub up} takes, in seconds, from the command to the first statistics that a client is given: the launcher script, the
 * JVM, the broker with a new data folder, all services, a first tick counted and published, a client that connects. The client's own JVM
 * runs already. For one thread.
 */
public final class UpStart {

    private static final int PROMISED_SECONDS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String UNIT = "s";

    private final Trial trial;
    private final List<Double> announced = new ArrayList<>();

    private UpStart(Trial trial) {
        this.trial = trial;
    }

    /** Takes a minute. */
    public static Report measure(Trial trial) throws InterruptedException {
        return new UpStart(trial).measure();
    }

    private Report measure() throws InterruptedException {
        Series served = Rounds.alternate(
                        trial, UNIT, List.of(new Contender("until the first statistics are served", this::start)))
                .getFirst();
        // As with all that is measured, the round to warm up does not count.
        Series said = new Series("until it says that it runs", UNIT, announced.subList(1, announced.size()));
        return Report.comparing("SINCE THE COMMAND", List.of(said, served))
                .withGoal(Goal.atMost(
                        PROMISED_SECONDS, "seconds until the first statistics are served, median", served.median()));
    }

    private double start() throws InterruptedException {
        long beganNanos = System.nanoTime();
        try (UpProcess up = UpProcess.start(trial.logs().resolve("up.log"))) {
            String bootstrapServers = up.awaitAddress(PATIENCE);
            announced.add(secondsSince(beganNanos));
            try (MarketDataClient client = MarketDataClient.connect(ClientConfig.of(bootstrapServers))) {
                Await.until("statistics are served", PATIENCE, () -> client.statistics().stream()
                        .anyMatch(statistics -> statistics.count() > 0));
                return secondsSince(beganNanos);
            }
        }
    }

    private static double secondsSince(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }
}
