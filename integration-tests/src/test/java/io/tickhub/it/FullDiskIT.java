package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local broker tells what is wrong with its data folder. A small file system is made for it, which needs the rights to mount. */
@Timeout(120)
class FullDiskIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString()) == 0,
                "no file system of a fixed size can be mounted here; that needs to be root");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    @Test
    void aDiskThatGetsFullIsNamedAsTheReason() throws Exception {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.keptIn(folder))) {
            KafkaConfig kafka = new KafkaConfig(broker.bootstrapServers(), new Topics(""), Map.of());
            try (Admin admin = Admin.create(kafka.client("full-disk-admin", Map.of()))) {
                var unused =
                        new TopicCreator(admin).create(List.of(kafka.topics().ticks(new Symbol("BIG"))));
            }
            fill(kafka, broker);

            assertThat(broker.ended()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(broker.reason()).contains("No space left on device").contains("broker.log");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", folder.toString())).isZero();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LocalBroker.start(BrokerConfig.keptIn(folder)))
                .withMessageContaining("the data folder " + folder + " cannot be written")
                .withMessageContaining("Read-only file system");
    }

    /** Writes more than there is room for. */
    private static void fill(KafkaConfig kafka, LocalBroker broker) {
        byte[] value = new byte[100_000];
        Map<String, Object> settings = kafka.client(
                "full-disk", Map.of("delivery.timeout.ms", 5_000, "request.timeout.ms", 2_000, "max.block.ms", 5_000));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        for (int i = 0; i < 300 && !broker.ended().isDone(); i++) {
            var unused = producer.send(new ProducerRecord<>("ticks.BIG", value));
        }
        producer.close(Duration.ofSeconds(5));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
