package io.tickhub.cluster;

import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.access.Login;
import io.tickhub.runtime.access.PrivateFile;
import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;

/**
 * The users that a broker with passwords has from the beginning: the administrator and one for each role. Each stands in a file of
 * client properties of its own, for its owner alone, in the broker's data folder. Immutable.
 */
public final class BrokerLogins {

    private static final String ADMIN = "admin";

    private final Path folder;
    private final Map<String, Login> loginsByName;

    private BrokerLogins(Path folder, Map<String, Login> loginsByName) {
        this.folder = folder;
        this.loginsByName = loginsByName;
    }

    /**
     * Reads the files, or writes them at the first start; later, where else the broker listens.
     *
     * @throws ConfigurationException if they cannot be written or read
     */
    static BrokerLogins in(DataFolder data, Topics topics, String bootstrapServers) {
        Map<String, Login> logins = new LinkedHashMap<>();
        try {
            data.closeToOthers();
            for (String name : names()) {
                Path file = file(data.logins(), name);
                String user = user(name, topics);
                Login login = Files.exists(file) ? read(file) : Login.generated(user);
                if (!login.user().equals(user)) {
                    throw new ConfigurationException(
                            List.of(
                                    "the data in " + data.path() + " was made for another"
                                            + " TICKHUB_TOPIC_PREFIX: its users are called otherwise; choose another folder with --data"));
                }
                Map<String, String> properties = new LinkedHashMap<>();
                properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
                properties.putAll(login.properties(SecurityProtocol.SASL_PLAINTEXT));
                PrivateFile.write(file, List.of("Kafka client properties of " + login.user()), properties);
                logins.put(name, login);
            }
        } catch (IOException e) {
            throw new ConfigurationException(List.of("the passwords in " + data.logins()
                    + " cannot be written or read (" + e.getMessage() + "); choose another folder with --data"));
        }
        return new BrokerLogins(data.logins(), logins);
    }

    /** The client properties of the administrator, who may do everything. */
    public Map<String, String> admin() {
        return adminLogin().properties(SecurityProtocol.SASL_PLAINTEXT);
    }

    /** The file of the administrator's client properties. */
    public Path adminFile() {
        return file(folder, ADMIN);
    }

    /** The client properties of the services of a role. */
    public Map<String, String> of(Role role) {
        return loginsByName.get(role.text()).properties(SecurityProtocol.SASL_PLAINTEXT);
    }

    Login adminLogin() {
        return loginsByName.get(ADMIN);
    }

    List<Login> all() {
        return new ArrayList<>(loginsByName.values());
    }

    private static List<String> names() {
        return Stream.concat(Stream.of(ADMIN), Arrays.stream(Role.values()).map(Role::text))
                .toList();
    }

    private static String user(String name, Topics topics) {
        return Arrays.stream(Role.values())
                .filter(role -> role.text().equals(name))
                .map(topics::user)
                .findFirst()
                .orElseGet(topics::adminUser);
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".properties");
    }

    private static Login read(Path file) throws IOException {
        Optional<Login> login = Login.from(Utils.propsToStringMap(Utils.loadProps(file.toString())));
        return login.orElseThrow(() -> new IOException(file + " holds no password of ours"));
    }
}
