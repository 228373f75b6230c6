package io.tickhub.producer;

import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.replay.RowFormat;
import io.tickhub.producer.replay.Speed;
import io.tickhub.producer.simulator.SimulatorConfig;
import io.tickhub.runtime.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes the configurations of the sources from settings; what is wrong is remembered there and the result is empty. */
final class InputSettings {

    private InputSettings() {}

    /**
     * What is to be replayed, but for the name that its ticks carry.
     *
     * @param files the files
     * @param format their format, empty to recognise it
     * @param speed how fast
     * @param start at which row
     */
    record Recordings(List<Path> files, Optional<RowFormat> format, Speed speed, ReplayConfig.StartAt start) {

        ReplayConfig replay(String sourceName) {
            return new ReplayConfig(files, format, speed, start, sourceName);
        }
    }

    static Optional<SimulatorConfig> simulator(Settings settings) {
        var symbols = settings.get(ProducerSettings.SYMBOLS);
        int rate = settings.get(ProducerSettings.RATE);
        var tickSize = settings.get(ProducerSettings.TICK_SIZE);
        long seed = settings.get(ProducerSettings.SEED)
                .orElseGet(() -> ThreadLocalRandom.current().nextLong());
        return attempt(settings, () -> new SimulatorConfig(symbols, rate, seed, tickSize));
    }

    /** Empty also where no file is named. */
    static Optional<Recordings> recordings(Settings settings) {
        List<String> names = settings.get(ProducerSettings.REPLAY);
        Speed speed = settings.get(ProducerSettings.REPLAY_SPEED);
        ReplayConfig.StartAt start = settings.get(ProducerSettings.REPLAY_RESUME)
                ? ReplayConfig.StartAt.LAST_ARRIVED
                : ReplayConfig.StartAt.BEGINNING;
        Optional<RowFormat> format = format(settings);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return attempt(settings, () -> {
            Recordings recordings = new Recordings(names.stream().map(Path::of).toList(), format, speed, start);
            // Only to have the files looked at now.
            var unused = recordings.replay("");
            return recordings;
        });
    }

    private static Optional<RowFormat> format(Settings settings) {
        Optional<RowFormat> preset = settings.get(ProducerSettings.REPLAY_FORMAT);
        String columns = settings.get(ProducerSettings.REPLAY_COLUMNS);
        String time = settings.get(ProducerSettings.REPLAY_TIME);
        var zone = settings.get(ProducerSettings.REPLAY_ZONE);
        if (columns.isEmpty()) {
            return preset;
        }
        return attempt(settings, () -> RowFormat.parse(columns, time, zone));
    }

    private static <C> Optional<C> attempt(Settings settings, Supplier<C> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            settings.reject(e.getMessage());
            return Optional.empty();
        }
    }
}
