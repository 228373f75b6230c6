package io.tickhub.runtime.config;

import io.tickhub.model.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What every service needs to know. Immutable.
 *
 * @param instance name of this instance, unique in the system and stable over restarts: its transactional ids derive from it
 * @param kafka the cluster
 * @param retryFor how long what Kafka refuses is tried again before the service dies
 * @param httpPort where {@code /metrics} and {@code /health} are served; 0 picks a free port; empty for no server
 * @param httpHost the address to bind
 */
public record RuntimeConfig(
        String instance, KafkaConfig kafka, Duration retryFor, OptionalInt httpPort, String httpHost) {

    public static final Setting<String> INSTANCE = new Setting<>(
            "TICKHUB_INSTANCE",
            "",
            "Name of this instance, unique and stable over restarts; unset: the role and the host's name.",
            RuntimeConfig::requireForm);

    public static final Setting<Duration> RETRY_FOR = Setting.duration(
            "TICKHUB_RETRY_FOR",
            "15m",
            "How long a worker tries again while Kafka is away or refuses its writes; then the service ends with exit code 1.");

    public static final Setting<Integer> HTTP_PORT = Setting.integer(
            "TICKHUB_HTTP_PORT",
            "-1",
            -1,
            65_535,
            "Port of `/metrics` and `/health`; 0 takes a free one, -1 serves none.");

    public static final Setting<String> HTTP_HOST =
            Setting.text("TICKHUB_HTTP_HOST", "localhost", "Address to which the HTTP server binds.");

    private static final Pattern INSTANCE_FORM = Pattern.compile("[A-Za-z0-9.-]{0,100}");

    /** @throws IllegalArgumentException if the instance's name has other characters than letters, digits, {@code .} and {@code -} */
    public RuntimeConfig {
        if (instance.isEmpty()) {
            throw new IllegalArgumentException("an instance needs a name");
        }
        requireForm(instance);
    }

    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(KafkaConfig.settings());
        all.addAll(List.of(INSTANCE, RETRY_FOR, HTTP_PORT, HTTP_HOST));
        return List.copyOf(all);
    }

    public static RuntimeConfig from(Settings settings, Role role) {
        String instance = settings.get(INSTANCE);
        int port = settings.get(HTTP_PORT);
        return new RuntimeConfig(
                instance.isEmpty() ? role.text() + "-" + hostName() : instance,
                KafkaConfig.from(settings),
                settings.get(RETRY_FOR),
                port < 0 ? OptionalInt.empty() : OptionalInt.of(port),
                settings.get(HTTP_HOST));
    }

    private static String requireForm(String instance) {
        if (!INSTANCE_FORM.matcher(instance).matches()) {
            throw new IllegalArgumentException("must be 1 to 100 letters, digits, '.' or '-'");
        }
        return instance;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
