package io.tickhub.benchmarks.command;

import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.drill.proof.LogReader;
import io.tickhub.model.Json;
import io.tickhub.model.Subscription;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What commands have changed, counted on the topic {@code subscriptions}: how many records bear the correlation id of each. Immutable.
 * To be read before the topic is compacted, which does not happen within its first 16 MiB, nor for long after {@link #keepAll}.
 */
public final class Effects {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Map<String, Integer> recordsById;

    private Effects(Map<String, Integer> recordsById) {
        this.recordsById = recordsById;
    }

    /** Puts off the topic's compaction: what it would leave out could not be counted. */
    public static void keepAll(Admin admin, Topics topics) throws InterruptedException {
        ConfigEntry uncompacted =
                new ConfigEntry(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(KEPT.toMillis()));
        var unused = LoneBroker.get(admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(
                                ConfigResource.Type.TOPIC,
                                topics.subscriptions().name()),
                        List.of(new AlterConfigOp(uncompacted, AlterConfigOp.OpType.SET))))
                .all());
    }

    /** Reads the whole topic. */
    public static Effects read(KafkaConfig kafka) {
        TopicPartition partition =
                new TopicPartition(kafka.topics().subscriptions().name(), 0);
        Map<String, Integer> records = new HashMap<>();
        try (LogReader reader = new LogReader(kafka, "benchmark-effects")) {
            reader.follow(List.of(partition));
            Map<TopicPartition, Long> ends = reader.ends();
            if (!reader.readUntil(() -> reader.hasRead(ends), PATIENCE, record -> count(record, records))) {
                throw new IllegalStateException("the topic " + partition.topic() + " was not read to " + ends
                        + " within " + PATIENCE.toSeconds() + " s");
            }
        }
        return new Effects(records);
    }

    /** One sentence for each answered change that has not exactly one record. */
    public List<String> complaints(List<Answer> answers) {
        List<String> complaints = new ArrayList<>();
        for (Answer answer : answers) {
            if (answer.isChange() && answer.isGood()) {
                int records = recordsById.getOrDefault(
                        HexFormat.of().formatHex(answer.correlationId().getBytes(StandardCharsets.UTF_8)), 0);
                if (records != 1) {
                    complaints.add("%s has %d records on the topic of subscriptions instead of 1, after %d attempts"
                            .formatted(answer.command(), records, answer.attempts()));
                }
            }
        }
        return complaints;
    }

    private static void count(ConsumerRecord<byte[], byte[]> record, Map<String, Integer> records) {
        if (record.value() != null) {
            records.merge(Json.read(record.value(), Subscription.class).correlationId(), 1, Integer::sum);
        }
    }
}
