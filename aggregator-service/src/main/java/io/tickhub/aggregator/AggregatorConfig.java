package io.tickhub.aggregator;

import io.tickhub.aggregator.bar.BarSettings;
import io.tickhub.aggregator.statistics.Sessions;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an aggregator needs to know. Immutable.
 *
 * @param runtime what every service needs to know
 * @param workers threads, each with a consumer and a transactional producer of its own
 * @param publishInterval time between two publications of the symbols that have changed
 * @param summaryInterval time between two tables in the log
 * @param bars which bars are built
 * @param sessions when statistics begin afresh
 */
public record AggregatorConfig(
        RuntimeConfig runtime,
        int workers,
        Duration publishInterval,
        Duration summaryInterval,
        BarSettings bars,
        Sessions sessions) {

    public static final Setting<Integer> WORKERS = Setting.integer(
            "TICKHUB_AGGREGATOR_WORKERS", "4", 1, 64, "Worker threads, 1 to 64; the symbols are spread over them.");

    public static final Setting<Duration> PUBLISH_INTERVAL = Setting.duration(
            "TICKHUB_AGGREGATOR_PUBLISH_INTERVAL",
            "100ms",
            "Time between two publications of the statistics that have changed.");

    public static final Setting<Duration> SUMMARY_INTERVAL = Setting.duration(
            "TICKHUB_AGGREGATOR_SUMMARY_INTERVAL", "10s", "Time between two tables of statistics in the log.");

    public static final Setting<List<BarInterval>> BAR_INTERVALS = new Setting<>(
            "TICKHUB_BAR_INTERVALS",
            "1s,1m,5m,1h,1d",
            "Intervals of the bars, comma-separated, each a divisor of a day and a multiple of the shortest; `none` for no bars.",
            AggregatorConfig::intervals);

    public static final Setting<Duration> BAR_LATENESS = Setting.duration(
            "TICKHUB_BAR_LATENESS",
            "5s",
            "A bar is final when the newest event time of its symbol has passed its end by this.");

    public static final Setting<Duration> BAR_RETENTION = Setting.duration(
            "TICKHUB_BAR_RETENTION",
            "20s",
            "How late a tick may be to be taken into all its bars, final ones too; not below the lateness, and at most 2,000 bars of a symbol in all.");

    public static final Setting<Sessions> SESSION_RESET = new Setting<>(
            "TICKHUB_SESSION_RESET",
            "never",
            "When the statistics begin afresh each day, a time of UTC such as `21:00`, or `never`.",
            Sessions::parse);

    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.addAll(List.of(
                WORKERS,
                PUBLISH_INTERVAL,
                SUMMARY_INTERVAL,
                BAR_INTERVALS,
                BAR_LATENESS,
                BAR_RETENTION,
                SESSION_RESET));
        return List.copyOf(all);
    }

    /** @throws io.tickhub.runtime.config.ConfigurationException if a variable cannot be used; it tells all mistakes */
    public static AggregatorConfig fromEnv(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        RuntimeConfig runtime = RuntimeConfig.from(settings, Role.AGGREGATOR);
        int workers = settings.get(WORKERS);
        Duration publishInterval = settings.get(PUBLISH_INTERVAL);
        Duration summaryInterval = settings.get(SUMMARY_INTERVAL);
        List<BarInterval> intervals = settings.get(BAR_INTERVALS);
        Duration lateness = settings.get(BAR_LATENESS);
        Duration retention = settings.get(BAR_RETENTION);
        Sessions sessions = settings.get(SESSION_RESET);
        return settings.build(() -> new AggregatorConfig(
                runtime,
                workers,
                publishInterval,
                summaryInterval,
                new BarSettings(intervals, lateness, retention),
                sessions));
    }

    private static List<BarInterval> intervals(String text) {
        return text.equals("none")
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(BarInterval::parse)
                        .toList();
    }
}
