package io.tickhub.cli;

import io.tickhub.client.BrokerException;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import picocli.CommandLine.Mixin;

/** The options of every command by which an administrator changes who may do what. */
final class AdminOptions {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** What is done while connected. */
    interface Work<T> {

        T on(Admin admin, KafkaConfig kafka) throws InterruptedException;
    }

    /** Connects to the cluster that the options and the environment name, does something, and closes the connection. */
    <T> T run(Work<T> work) throws InterruptedException {
        KafkaConfig kafka = connection.kafka();
        Map<String, Object> purpose = Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(kafka.client("tickhub-admin", purpose))) {
            return work.on(admin, kafka);
        } catch (KafkaException e) {
            throw BrokerException.explain(kafka.bootstrapServers(), PATIENCE, e);
        }
    }

    /** How users with passwords connect: encrypted if this administrator does. */
    static SecurityProtocol protocol(KafkaConfig kafka) {
        String own = kafka.properties()
                .getOrDefault(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, SecurityProtocol.PLAINTEXT.name);
        return own.endsWith("SSL") ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
    }
}
