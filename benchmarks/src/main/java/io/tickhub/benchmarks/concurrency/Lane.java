package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A producer of one sizing on its way to one consumer, and what was seen of it in each round. For one thread. Owns the producer. */
final class Lane implements AutoCloseable {

    private static final int MODERATE_RATE = 2_000;

    private final Sizing sizing;
    private final Sender sender;
    private final Intake intake;
    private final List<Latencies> ages = new ArrayList<>();
    private final List<Double> waited = new ArrayList<>();

    /** @param intake of a consumer to which nobody else sends meanwhile */
    Lane(Sizing sizing, Sender sender, Intake intake) {
        this.sizing = sizing;
        this.sender = sender;
        this.intake = intake;
    }

    Sizing sizing() {
        return sizing;
    }

    /** Sends at full speed, then at a moderate rate; returns ticks a second of the first, until all have come. */
    double ticksPerSecond(int ticks, Duration moderate) throws InterruptedException {
        long before = intake.ticks();
        double waitedBefore = sender.waitedSeconds();
        long began = System.nanoTime();
        sender.send(ticks);
        intake.await(before + ticks);
        double seconds = (System.nanoTime() - began) / 1e9;
        waited.add((sender.waitedSeconds() - waitedBefore) / seconds);
        intake.note();
        sender.send(MODERATE_RATE, moderate);
        intake.await(before + ticks + MODERATE_RATE * moderate.toMillis() / 1_000);
        ages.add(intake.ages());
        return ticks / seconds;
    }

    /** How old ticks were at the moderate rate. */
    Latencies ages() {
        return Rows.counted(ages);
    }

    /** Which part of the time at full speed {@code send} waited for room: the greatest of all rounds that count. */
    double waited() {
        return waited.stream().skip(1).max(Double::compare).orElse(0.0);
    }

    @Override
    public void close() {
        sender.close();
    }
}
