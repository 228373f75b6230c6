package io.tickhub.aggregator;

import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an aggregator needs to know. Immutable.
 *
 * @param runtime what every service needs to know
 * @param workers threads, each with a consumer and a transactional producer of its own
 * @param publishInterval time between two publications of the symbols that have changed
 * @param summaryInterval time between two tables in the log
 */
public record AggregatorConfig(RuntimeConfig runtime, int workers, Duration publishInterval, Duration summaryInterval) {

    public static final Setting<Integer> WORKERS = Setting.integer(
            "TICKHUB_AGGREGATOR_WORKERS", "4", 1, 64, "Worker threads, 1 to 64; the symbols are spread over them.");

    public static final Setting<Duration> PUBLISH_INTERVAL = Setting.duration(
            "TICKHUB_AGGREGATOR_PUBLISH_INTERVAL",
            "100ms",
            "Time between two publications of the statistics that have changed.");

    public static final Setting<Duration> SUMMARY_INTERVAL = Setting.duration(
            "TICKHUB_AGGREGATOR_SUMMARY_INTERVAL", "10s", "Time between two tables of statistics in the log.");

    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.addAll(List.of(WORKERS, PUBLISH_INTERVAL, SUMMARY_INTERVAL));
        return List.copyOf(all);
    }

    /** @throws io.tickhub.runtime.config.ConfigurationException if a variable cannot be used; it tells all mistakes */
    public static AggregatorConfig fromEnv(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        RuntimeConfig runtime = RuntimeConfig.from(settings, Role.AGGREGATOR);
        int workers = settings.get(WORKERS);
        Duration publishInterval = settings.get(PUBLISH_INTERVAL);
        Duration summaryInterval = settings.get(SUMMARY_INTERVAL);
        return settings.build(() -> new AggregatorConfig(runtime, workers, publishInterval, summaryInterval));
    }
}
