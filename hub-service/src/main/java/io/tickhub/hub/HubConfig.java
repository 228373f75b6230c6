package io.tickhub.hub;

import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a hub needs to know. Immutable.
 *
 * @param runtime what every service needs
 * @param workers threads that copy ticks into feeds, 1 to 64
 * @param clientLease how long a silent client keeps its subscriptions
 * @param feedGrace how long a feed that was not read to its end stays when all its subscriptions have ended
 * @param slowReaderLag records by which the reader of a feed is far behind, 100 or more
 */
public record HubConfig(
        RuntimeConfig runtime, int workers, Duration clientLease, Duration feedGrace, int slowReaderLag) {

    public static final Setting<Integer> WORKERS =
            Setting.integer("TICKHUB_HUB_WORKERS", "4", 1, 64, "Threads that copy ticks into feeds.");

    public static final Setting<Duration> CLIENT_LEASE =
            Setting.duration("TICKHUB_CLIENT_LEASE", "30s", "How long a silent client keeps its subscriptions.");

    public static final Setting<Duration> FEED_GRACE = Setting.duration(
            "TICKHUB_FEED_GRACE",
            "10m",
            "How long a feed whose subscriptions have all ended stays for a reader that has not read it to its end.");

    public static final Setting<Integer> SLOW_READER_LAG = Setting.integer(
            "TICKHUB_SLOW_READER_LAG",
            "10000",
            100,
            1_000_000_000,
            "Records by which the reader of a feed is so far behind that subscriptions with whenSlow=conflate are conflated.");

    /** @throws io.tickhub.runtime.config.ConfigurationException with all mistakes */
    public static HubConfig fromEnv(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        int workers = settings.get(WORKERS);
        Duration lease = settings.get(CLIENT_LEASE);
        Duration grace = settings.get(FEED_GRACE);
        int lag = settings.get(SLOW_READER_LAG);
        return settings.build(() -> new HubConfig(RuntimeConfig.from(settings, Role.HUB), workers, lease, grace, lag));
    }

    /** Every setting, for the documentation. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.addAll(List.of(WORKERS, CLIENT_LEASE, FEED_GRACE, SLOW_READER_LAG));
        return List.copyOf(all);
    }
}
