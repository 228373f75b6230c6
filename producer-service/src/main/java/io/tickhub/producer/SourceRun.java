package io.tickhub.producer;

import io.tickhub.producer.ProducerConfig.Input;
import io.tickhub.producer.publish.KafkaPublishing;
import io.tickhub.producer.publish.Pump;
import io.tickhub.producer.replay.ArrivedRows;
import io.tickhub.producer.replay.FileReplay;
import io.tickhub.producer.replay.ProgressDisplay;
import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.replay.ReplayConfig.StartAt;
import io.tickhub.producer.simulator.Simulator;
import io.tickhub.producer.simulator.SimulatorConfig;
import io.tickhub.producer.source.TickSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source from its opening to its end. One thread carries; any may ask for the summary. Owns the source while it carries, not
 * the way to Kafka.
 */
final class SourceRun {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);

    private final Input input;
    private final String sourceName;
    private final KafkaPublishing publishing;
    private final Pump pump;
    private volatile long startedNanos = System.nanoTime();
    private volatile boolean isOpen;
    private volatile long passedOver;

    SourceRun(Input input, String sourceName, KafkaPublishing publishing, Pump pump) {
        this.input = input;
        this.sourceName = sourceName;
        this.publishing = publishing;
        this.pump = pump;
    }

    /**
     * Opens the source and carries it to its end.
     *
     * @throws InterruptedException if the thread is interrupted, which is how a run is stopped
     */
    void carry() throws InterruptedException {
        startedNanos = System.nanoTime();
        switch (input) {
            case Input.Simulated simulated -> carry(simulated.simulator());
            case Input.Replayed replayed -> carry(replayed.replay());
        }
    }

    /** Whether the source has been opened. */
    boolean isOpen() {
        return isOpen;
    }

    ReplaySummary summary(ReplaySummary.Outcome outcome) {
        return new ReplaySummary(
                outcome,
                publishing.publisher().published(),
                passedOver,
                Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    private void carry(SimulatorConfig config) throws InterruptedException {
        LOG.info(
                "Simulating {} at {} ticks a second in total, seed {}",
                config.symbols().stream().map(Object::toString).collect(Collectors.joining(", ")),
                config.ratePerSecond(),
                config.seed());
        try (TickSource source = new Simulator(config, sourceName, InstantSource.system())) {
            publishing.publisher().prepare(config.symbols());
            isOpen = true;
            pump.carry(source);
        }
    }

    private void carry(ReplayConfig config) throws InterruptedException {
        boolean resumes = config.start() == StartAt.LAST_ARRIVED;
        LOG.info(
                "Replaying {} at speed {}, {}",
                config.files().stream().map(Path::toString).collect(Collectors.joining(", ")),
                config.speed(),
                resumes ? "going on after the rows that arrived before" : "from the beginning");
        ArrivedRows arrived = resumes ? publishing.storedRows(config) : ArrivedRows.NONE;
        FileReplay replay = FileReplay.open(config, arrived, Instant.now());
        try (TickSource source = ProgressDisplay.around(replay, config)) {
            isOpen = true;
            pump.carry(source);
        } finally {
            passedOver = replay.passedOver();
        }
    }
}
