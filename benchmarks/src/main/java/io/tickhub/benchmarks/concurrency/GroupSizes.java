package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Rounds;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Producers to consumers over Kafka, 1:1, 1:4, 10:1 and 10:4, with and without work for each tick: ticks a second until all have come,
 * and how old ticks are at a moderate rate. The baseline is 1:1 with the same work.
 */
final class GroupSizes {

    private static final int MOST_PRODUCERS = 10;
    private static final int MODERATE_RATE = 2_000;

    private final KafkaConfig kafka;
    private final List<Symbol> symbols;
    private final Publishers publishers;
    private final Trial trial;

    private GroupSizes(KafkaConfig kafka, List<Symbol> symbols, Publishers publishers, Trial trial) {
        this.kafka = kafka;
        this.symbols = symbols;
        this.publishers = publishers;
        this.trial = trial;
    }

    static Report addTo(Report report, KafkaConfig kafka, List<Symbol> symbols, Trial trial)
            throws InterruptedException {
        try (Publishers publishers = new Publishers(kafka, symbols, MOST_PRODUCERS)) {
            GroupSizes sizes = new GroupSizes(kafka, symbols, publishers, trial);
            return sizes.addTo(sizes.addTo(report, CpuWork.NONE), CpuWork.ofMicros(50));
        }
    }

    /** So many producers and consumers, and how old ticks were in each round. */
    private record Layout(int producers, int consumers, List<Latencies> ages) {

        static Layout of(int producers, int consumers) {
            return new Layout(producers, consumers, new ArrayList<>());
        }
    }

    private Report addTo(Report report, CpuWork work) throws InterruptedException {
        trial.tell(String.format(Locale.ROOT, "over Kafka, %.0f us of work for each tick", work.micros()));
        List<Layout> layouts = List.of(Layout.of(1, 1), Layout.of(1, 4), Layout.of(10, 1), Layout.of(10, 4));
        List<Series> series = Rounds.alternate(
                trial,
                "ticks/s",
                layouts.stream()
                        .map(layout -> new Contender(
                                String.format(
                                        Locale.ROOT,
                                        "%.0f us: %d:%d over Kafka",
                                        work.micros(),
                                        layout.producers(),
                                        layout.consumers()),
                                () -> ticksPerSecond(layout, work)))
                        .toList());
        Report longer = report;
        for (int i = 0; i < series.size(); i++) {
            longer = Rows.add(
                    longer,
                    series.get(i),
                    series.getFirst(),
                    Rows.counted(layouts.get(i).ages()));
        }
        return longer;
    }

    private double ticksPerSecond(Layout layout, CpuWork work) throws InterruptedException {
        int ticks = trial.effort().choose(30_000, 3_000) / (work.turns() == 0 ? 1 : 3);
        Duration moderate = trial.effort().choose(Duration.ofMillis(300), Duration.ofMillis(200));
        try (Group group = Group.join(kafka, symbols, layout.consumers(), work)) {
            Intake intake = group.intake();
            long began = System.nanoTime();
            publishers.send(layout.producers(), ticks);
            intake.await(ticks);
            double seconds = (System.nanoTime() - began) / 1e9;
            intake.note();
            publishers.send(layout.producers(), MODERATE_RATE, moderate);
            intake.await(ticks + MODERATE_RATE * moderate.toMillis() / 1_000);
            layout.ages().add(intake.ages());
            return ticks / seconds;
        }
    }
}
