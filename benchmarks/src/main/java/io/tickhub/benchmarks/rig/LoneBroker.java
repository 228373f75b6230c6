package io.tickhub.benchmarks.rig;

import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** A broker in a process of its own, with the topics of a system and none of its services. Owns the broker. For one thread. */
public final class LoneBroker implements AutoCloseable {

    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final int TOPICS_AT_A_TIME = 250;

    private final LocalBrokers brokers;
    private final KafkaConfig kafka;
    private final Admin admin;

    private LoneBroker(LocalBrokers brokers) {
        this.brokers = brokers;
        this.kafka = new KafkaConfig(brokers.bootstrapServers(), new Topics(""), Map.of());
        this.admin = Admin.create(kafka.client("benchmark-admin", Map.of()));
    }

    /** Starts it and makes the topics that every service expects. */
    public static LoneBroker open(Trial trial) throws InterruptedException {
        LoneBroker broker = new LoneBroker(LocalBrokers.start(1, JvmOptions.asKafkaShips(), trial.logs()));
        try {
            broker.create(broker.kafka.topics().system());
            return broker;
        } catch (InterruptedException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public KafkaConfig kafka() {
        return kafka;
    }

    /** Owned by this. */
    public Admin admin() {
        return admin;
    }

    /** Makes topics and waits until they can be used. */
    public void create(List<Topics.Spec> wanted) throws InterruptedException {
        var unused = new TopicCreator(admin).create(wanted);
    }

    /** Deletes all topics whose names are of a kind, and waits until they are gone. */
    public void delete(Predicate<String> names) throws InterruptedException {
        List<String> gone = topics().stream().filter(names).toList();
        for (int from = 0; from < gone.size(); from += TOPICS_AT_A_TIME) {
            var unused = get(admin.deleteTopics(gone.subList(from, Math.min(gone.size(), from + TOPICS_AT_A_TIME)))
                    .all());
        }
        Await.until("the topics of the run before are gone", SETTLED, () -> {
            try {
                return topics().stream().noneMatch(names);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        });
    }

    /** Waits for an answer of the broker. */
    public static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
        brokers.close();
    }

    private Set<String> topics() throws InterruptedException {
        return get(admin.listTopics().names());
    }
}
