package io.tickhub.benchmarks.publishing;

import io.tickhub.cluster.ParentWatch;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The program of a process that publishes records as fast as Kafka's producer takes them and does nothing else: their bytes are made
 * beforehand, and it goes round and round through them. Ends when all are acknowledged, or when the process that started it is gone.
 */
final class PublishingLoop {

    private PublishingLoop() {}

    /**
     * The arguments: where the brokers are, a file of {@link Originals}, how many records, how many of one symbol follow each other, and the
     * producer's settings.
     */
    public static void main(String[] arguments) throws IOException {
        ParentWatch.begin(() -> {});
        Map<String, Object> settings = new HashMap<>();
        List.of(arguments).subList(4, arguments.length).forEach(setting -> {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        });
        KafkaConfig kafka = new KafkaConfig(arguments[0], new Topics(""), Map.of());
        publish(
                Originals.read(Path.of(arguments[1]), kafka.topics(), Integer.parseInt(arguments[3])),
                Long.parseLong(arguments[2]),
                kafka.client("publishing-loop", settings));
        System.exit(0);
    }

    private static void publish(
            List<ProducerRecord<byte[], byte[]>> records, long count, Map<String, Object> settings) {
        Callback refused = (metadata, failure) -> {
            if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        };
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < count; i++) {
                var unused = producer.send(records.get((int) (i % records.size())), refused);
            }
        }
    }
}
