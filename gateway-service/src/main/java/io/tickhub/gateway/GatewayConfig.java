package io.tickhub.gateway;

import io.tickhub.gateway.stream.StreamLimits;
import io.tickhub.gateway.web.WebConfig;
import io.tickhub.model.Role;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.config.Setting;
import io.tickhub.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a gateway needs to know. Immutable.
 *
 * @param runtime what every service needs
 * @param web where and to whom it serves
 * @param limits what one browser may ask for
 * @param events how many events are kept in memory
 * @param slowAfter after how long a write that a browser does not take ends its stream
 */
public record GatewayConfig(
        RuntimeConfig runtime, WebConfig web, StreamLimits.Most limits, int events, Duration slowAfter) {

    public static final Setting<String> HOST =
            Setting.text("TICKHUB_WEB_HOST", "127.0.0.1", "Address to which the web server binds; `0.0.0.0` for all.");

    public static final Setting<Integer> PORT = Setting.integer(
            "TICKHUB_WEB_PORT", "8080", 0, 65_535, "Port of the web page and the HTTP interface; 0 takes a free one.");

    public static final Setting<List<String>> ORIGINS = Setting.list(
            "TICKHUB_WEB_ORIGINS",
            "",
            "Origins of other web pages that may use the interface, such as `https://desk.example`, comma-separated; none by default.");

    public static final Setting<Integer> MAX_STREAMS =
            Setting.integer("TICKHUB_WEB_MAX_STREAMS", "1000", 1, 100_000, "Live streams and WebSockets at a time.");

    public static final Setting<Integer> MAX_STREAMS_PER_ADDRESS = Setting.integer(
            "TICKHUB_WEB_MAX_STREAMS_PER_ADDRESS",
            "50",
            1,
            100_000,
            "Live streams and WebSockets at a time of one network address.");

    public static final Setting<Integer> MAX_SYMBOLS = Setting.integer(
            "TICKHUB_WEB_MAX_SYMBOLS", "200", 1, 10_000, "Symbols that one stream or request may name.");

    public static final Setting<Integer> EVENTS = Setting.integer(
            "TICKHUB_WEB_EVENTS",
            "65536",
            1_024,
            4_194_304,
            "Events that are kept in memory for all streams together; a browser further behind is conflated.");

    public static final Setting<Duration> SLOW_AFTER = Setting.duration(
            "TICKHUB_WEB_SLOW_AFTER", "10s", "After how long a browser that takes nothing is disconnected.");

    /** @throws io.tickhub.runtime.config.ConfigurationException with all mistakes */
    public static GatewayConfig fromEnv(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        WebConfig web = new WebConfig(settings.get(HOST), settings.get(PORT), Set.copyOf(settings.get(ORIGINS)));
        StreamLimits.Most limits = new StreamLimits.Most(
                settings.get(MAX_STREAMS), settings.get(MAX_STREAMS_PER_ADDRESS), settings.get(MAX_SYMBOLS));
        int events = settings.get(EVENTS);
        Duration slowAfter = settings.get(SLOW_AFTER);
        return settings.build(
                () -> new GatewayConfig(RuntimeConfig.from(settings, Role.GATEWAY), web, limits, events, slowAfter));
    }

    /** Every setting, for the documentation. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(RuntimeConfig.settings());
        all.addAll(List.of(HOST, PORT, ORIGINS, MAX_STREAMS, MAX_STREAMS_PER_ADDRESS, MAX_SYMBOLS, EVENTS, SLOW_AFTER));
        return List.copyOf(all);
    }
}
