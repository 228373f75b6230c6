package io.tickhub.producer;

import io.tickhub.model.Role;
import io.tickhub.producer.publish.ProducerSizing;
import io.tickhub.producer.replay.ReplayConfig;
import io.tickhub.producer.simulator.SimulatorConfig;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a producer needs to know. Immutable.
 *
 * @param runtime what every service needs to know
 * @param input where its ticks come from
 * @param atEnd what it does when a replay has ended
 * @param retention how long ticks are kept in the topics that it makes
 */
public record ProducerConfig(RuntimeConfig runtime, Input input, AtEnd atEnd, Duration retention) {

    /** Where ticks come from. */
    public sealed interface Input {

        /** They are invented. */
        record Simulated(SimulatorConfig simulator) implements Input {}

        /** They were recorded. */
        record Replayed(ReplayConfig replay) implements Input {}
    }

    /** What a producer does when its source has ended. */
    public enum AtEnd {
        /** It stays, idle, until it is stopped. */
        STAY,
        /** It ends. */
        EXIT
    }

    /** Every variable that a producer reads. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.addAll(ProducerSettings.ALL);
        return List.copyOf(all);
    }

    /**
     * Reads the environment.
     *
     * @throws io.tickhub.runtime.config.ConfigurationException if anything is wrong, with all mistakes
     */
    public static ProducerConfig fromEnv(Map<String, String> env) {
        Settings settings = new Settings(env);
        RuntimeConfig.settings().forEach(settings::get);
        AtEnd atEnd = settings.get(ProducerSettings.REPLAY_END);
        Duration retention = settings.get(ProducerSettings.RETENTION);
        // Both are looked at, whichever is used, so that every mistake is told.
        Optional<SimulatorConfig> simulator = InputSettings.simulator(settings);
        Optional<InputSettings.Recordings> recordings = InputSettings.recordings(settings);
        return settings.build(() -> {
            RuntimeConfig runtime = RuntimeConfig.from(settings, Role.PRODUCER);
            Input input = recordings
                    .<Input>map(files -> new Input.Replayed(files.replay(runtime.instance())))
                    .or(() -> simulator.map(Input.Simulated::new))
                    .orElseThrow();
            return new ProducerConfig(runtime, input, atEnd, retention);
        });
    }

    /** How much Kafka's producer should collect. */
    ProducerSizing sizing() {
        return switch (input) {
            case Input.Simulated simulated ->
                ProducerSizing.of(
                        simulated.simulator().symbols().size(),
                        simulated.simulator().ratePerSecond());
            case Input.Replayed replayed -> ProducerSizing.UNKNOWN;
        };
    }
}
