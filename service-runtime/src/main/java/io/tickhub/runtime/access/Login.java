package io.tickhub.runtime.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * A user of Kafka and the password, for SCRAM-SHA-512. Immutable; it does not show the password.
 *
 * @param user the name
 * @param password without quotes, backslashes and control characters, so that it can stand in any configuration
 */
public record Login(String user, String password) {

    public static final String MECHANISM = "SCRAM-SHA-512";

    private static final int RANDOM_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[^\"'\\\\\\p{Cntrl}]+");
    private static final Pattern JAAS = Pattern.compile(
            Pattern.quote(ScramLoginModule.class.getName()) + " required username=\"(.+)\" password=\"(.+)\";");

    /** @throws IllegalArgumentException if the password is empty or has characters that are not allowed */
    public Login {
        if (!FORM.matcher(user).matches() || !FORM.matcher(password).matches()) {
            throw new IllegalArgumentException(
                    "a password is not empty and has no quotes, backslashes or control characters");
        }
    }

    /** A user with a new random password. */
    public static Login generated(String user) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new Login(user, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The login in client properties that {@link #properties} gave. */
    public static Optional<Login> from(Map<String, String> properties) {
        Matcher jaas = JAAS.matcher(properties.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, ""));
        return jaas.matches() ? Optional.of(new Login(jaas.group(1), jaas.group(2))) : Optional.empty();
    }

    /** Kafka's client properties for it. */
    public Map<String, String> properties(SecurityProtocol protocol) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        properties.put(SaslConfigs.SASL_MECHANISM, MECHANISM);
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas());
        return properties;
    }

    /** What {@code sasl.jaas.config} is for it, in a client or in a broker that connects to others. */
    public String jaas() {
        return ScramLoginModule.class.getName() + " required username=\"" + user + "\" password=\"" + password + "\";";
    }

    @Override
    public String toString() {
        return "Login of " + user;
    }
}
