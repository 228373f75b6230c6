package io.tickhub.benchmarks.publishing;

import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.producer.publish.ProducerSizing;
import io.tickhub.producer.simulator.SimulatorConfig;
import java.util.List;

/**
 * How many ticks a second the producer service publishes, as it ships, when it replays a file at full speed; with few symbols compared with
 * Kafka's own tool, with many compared with a bare loop that has the best settings found. No state.
 */
public final class Publishing {

    private static final int FEW = 10;
    private static final int MANY = 1_000;
    private static final double PROMISED = 0.9;
    private static final int LONGEST_LINGER_MILLIS = 50;
    private static final String UNIT = "ticks/s";

    private Publishing() {}

    /** Takes some minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        try (LoneBroker broker = LoneBroker.open(trial)) {
            return many(trial, broker, few(trial, broker));
        }
    }

    private static Report few(Trial trial, LoneBroker broker) throws InterruptedException {
        int ticks = trial.effort().choose(6_000_000, 50_000);
        Sending same = Sending.ofService(FEW);
        try (Race race = Race.prepare(trial, broker, Backlog.of(FEW, ticks))) {
            List<Series> all = Rounds.alternate(
                    trial,
                    UNIT,
                    List.of(
                            new Contender(
                                    "baseline: kafka-producer-perf-test, %d partitions".formatted(FEW),
                                    () -> race.tool(same)),
                            new Contender("a bare loop, %d topics".formatted(FEW), () -> race.loop(same)),
                            new Contender("producer, %d symbols".formatted(FEW), race::service)));
            return Report.comparing("PUBLISHED", all)
                    .withRemark("with few symbols all have what the service chooses: " + same)
                    .withGoal(Goal.atLeast(
                            PROMISED,
                            "producer to kafka-producer-perf-test, %d symbols".formatted(FEW),
                            all.get(2).ratioTo(all.get(0))));
        }
    }

    /** Adds what is measured to a report. */
    private static Report many(Trial trial, LoneBroker broker, Report report) throws InterruptedException {
        int symbols = trial.effort().choose(MANY, 100);
        int ticks = trial.effort().choose(6_000_000, 50_000);
        try (Race race = Race.prepare(trial, broker, Backlog.of(symbols, ticks))) {
            Sending best = best(trial, race);
            List<Series> all = Rounds.alternate(
                    trial,
                    UNIT,
                    List.of(
                            new Contender(
                                    "baseline: a bare loop, %,d topics".formatted(symbols), () -> race.loop(best)),
                            new Contender("producer, %,d symbols".formatted(symbols), race::service)));
            Report longer = report;
            for (Series each : all) {
                longer = longer.withRow(each.row(all.getFirst())).withSeries(each);
            }
            int simulated = (int)
                    ProducerSizing.of(MANY, SimulatorConfig.MAX_RATE).linger().toMillis();
            return longer.withRemark("with many the loop has the best settings found: " + best)
                    .withGoal(Goal.atLeast(
                            PROMISED,
                            "producer to the loop, %,d symbols".formatted(symbols),
                            all.get(1).ratioTo(all.get(0))))
                    .withGoal(Goal.atMost(
                            LONGEST_LINGER_MILLIS,
                            "linger in ms that the service chooses for %,d symbols at %,d simulated ticks a second"
                                    .formatted(MANY, SimulatorConfig.MAX_RATE),
                            simulated));
        }
    }

    /** The settings with which the loop is fastest, each tried once. */
    private static Sending best(Trial trial, Race race) throws InterruptedException {
        Sending best = Sending.CANDIDATES.getFirst();
        double fastest = 0;
        int tried = trial.effort().choose(Sending.CANDIDATES.size(), 1);
        for (Sending sending : Sending.CANDIDATES.subList(0, tried)) {
            double rate = race.loop(sending);
            trial.tell("%s: %,.0f ticks/s".formatted(sending, rate));
            if (rate > fastest) {
                best = sending;
                fastest = rate;
            }
        }
        return best;
    }
}
