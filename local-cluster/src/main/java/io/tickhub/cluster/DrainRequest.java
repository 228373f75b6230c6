package io.tickhub.cluster;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Json;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks the hub to shut the system down; nobody waits for a reply, for the services' end is the answer. No state. */
final class DrainRequest {

    private static final ClientId CLIENT = new ClientId("local-cluster");

    private DrainRequest() {}

    /**
     * Writes the command.
     *
     * @throws ExecutionException if the broker did not take it in time
     */
    static void send(KafkaConfig kafka, Duration timeout) throws ExecutionException, InterruptedException {
        byte[] command = Json.write(new Command.Shutdown(CLIENT, timeout));
        Map<String, Object> properties = kafka.client(
                CLIENT.toString(),
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                        ProducerConfig.LINGER_MS_CONFIG, 0));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            kafka.topics().adminCommands().name(),
                            CLIENT.toString().getBytes(StandardCharsets.UTF_8),
                            command))
                    .get();
        }
    }
}
