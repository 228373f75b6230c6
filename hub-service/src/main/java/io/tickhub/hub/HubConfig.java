package io.tickhub.hub;

import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a hub needs to know. Immutable.
 *
 * @param runtime what every service needs
 * @param workers threads that copy ticks into feeds, 1 to 64
 */
public record HubConfig(RuntimeConfig runtime, int workers) {

    public static final Setting<Integer> WORKERS =
            Setting.integer("TICKHUB_HUB_WORKERS", "4", 1, 64, "Threads that copy ticks into feeds.");

    /** @throws io.tickhub.runtime.config.ConfigurationException with all mistakes */
    public static HubConfig fromEnv(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        int workers = settings.get(WORKERS);
        return settings.build(() -> new HubConfig(RuntimeConfig.from(settings, Role.HUB), workers));
    }

    /** Every setting, for the documentation. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.add(WORKERS);
        return List.copyOf(all);
    }
}
