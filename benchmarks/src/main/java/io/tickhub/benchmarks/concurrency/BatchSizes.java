package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Contender;
import io.tickhub.benchmarks.rig.Curve;
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
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it costs and gives that a producer collects: one producer and one consumer, by linger, batch and buffer. Ticks a second at full
 * speed, and how old ticks are at a moderate rate. The baseline is the smallest batch without linger.
 */
final class BatchSizes {

    private static final List<Integer> LINGER_MILLIS = List.of(0, 5, 50);
    private static final List<Integer> BATCH_KIBIBYTES = List.of(16, 64, 256);

    /** Not a batch for each symbol. */
    private static final int TOO_SMALL_KIBIBYTES = 256;

    private static final int SLOWER = 20;

    private BatchSizes() {}

    static Report addTo(Report report, KafkaConfig kafka, List<Symbol> symbols, Trial trial)
            throws InterruptedException {
        trial.tell("over Kafka, by linger, batch and buffer");
        List<Lane> lanes = new ArrayList<>();
        try (Group group = Group.join(kafka, symbols, 1, CpuWork.NONE)) {
            sizings()
                    .map(sizing ->
                            new Lane(sizing, new Sender(kafka, symbols, "benchmark-producer", sizing), group.intake()))
                    .forEach(lanes::add);
            return addTo(report, lanes, trial);
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    private static Stream<Sizing> sizings() {
        return Stream.concat(
                LINGER_MILLIS.stream()
                        .flatMap(linger -> BATCH_KIBIBYTES.stream().map(batch -> Sizing.of(linger, batch))),
                Stream.of(Sizing.USUAL.withBuffer(TOO_SMALL_KIBIBYTES), Sizing.USUAL.withBuffer(1_024)));
    }

    private static Report addTo(Report report, List<Lane> lanes, Trial trial) throws InterruptedException {
        int ticks = trial.effort().choose(40_000, 4_000);
        Duration moderate = trial.effort().choose(Duration.ofMillis(300), Duration.ofMillis(100));
        List<Series> series = Rounds.alternate(
                trial,
                "ticks/s",
                lanes.stream()
                        .map(lane -> new Contender(
                                lane.sizing().words(), () -> lane.ticksPerSecond(ticks(lane, ticks), moderate)))
                        .toList());
        Report longer = report;
        for (int i = 0; i < series.size(); i++) {
            longer = Rows.add(
                    longer, series.get(i), series.getFirst(), lanes.get(i).ages());
        }
        for (Lane lane : lanes) {
            if (lane.waited() > 0) {
                longer = longer.withRemark(String.format(
                        Locale.ROOT,
                        "%s: send waited for room %.0f %% of the time at full speed",
                        lane.sizing().words(),
                        100 * lane.waited()));
            }
        }
        return longer.withCurve(curve("Age of ticks at 2,000 a second", "median age, ms", lanes, i -> lanes.get(i)
                        .ages()
                        .median()))
                .withCurve(curve("Ticks a second at full speed", "ticks a second", lanes, i -> series.get(i)
                        .median()));
    }

    /** Fewer where it takes longer. */
    private static int ticks(Lane lane, int usual) {
        return lane.sizing().bufferBytes() == TOO_SMALL_KIBIBYTES * 1024 ? usual / SLOWER : usual;
    }

    /** A line for each batch size, by the linger. */
    private static Curve curve(String title, String yLabel, List<Lane> lanes, IntToDoubleFunction y) {
        return new Curve(
                title,
                "linger, ms",
                yLabel,
                BATCH_KIBIBYTES.stream()
                        .map(batch -> new Curve.Line(
                                "batch %dK".formatted(batch),
                                IntStream.range(0, LINGER_MILLIS.size() * BATCH_KIBIBYTES.size())
                                        .filter(i -> lanes.get(i).sizing().batchBytes() == batch * 1024)
                                        .mapToObj(i -> new Curve.Point(
                                                lanes.get(i).sizing().linger().toMillis(), y.applyAsDouble(i)))
                                        .toList()))
                        .toList());
    }
}
