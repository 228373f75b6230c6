package io.tickhub.runtime.topic;

import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics and waits until they can be used. A topic that exists is left as it is. Replication factor is 3, or the number
 * of brokers where they are fewer. Thread safe; does not own the admin client.
 */
public final class TopicCreator {

    private static final Duration USABLE_WITHIN = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MILLIS = 20;

    /** A controller refuses what would be more than 10,000 records of its log at once; a topic with its settings is some of them. */
    private static final int AT_A_TIME = 250;

    private final Admin admin;

    public TopicCreator(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes sure that topics exist, however many, and returns when the cluster describes them all with a leader for each partition.
     *
     * @return the topics as they are
     * @throws TimeoutException if some of them are not usable within 15 s
     * @throws InvalidTopicException if Kafka refuses a name, for instance because it differs from another topic's only in
     *     {@code .} and {@code _}
     */
    public Map<String, TopicDescription> create(Collection<Topics.Spec> topics) throws InterruptedException {
        int replicas = Math.min(3, brokerCount());
        List<Topics.Spec> all = List.copyOf(topics);
        Map<String, TopicDescription> made = new HashMap<>();
        for (int from = 0; from < all.size(); from += AT_A_TIME) {
            made.putAll(create(all.subList(from, Math.min(all.size(), from + AT_A_TIME)), replicas));
        }
        return made;
    }

    private Map<String, TopicDescription> create(List<Topics.Spec> topics, int replicas) throws InterruptedException {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) replicas)
                        .configs(config(topic, replicas)))
                .toList();
        for (KafkaFuture<Void> creation : admin.createTopics(wanted).values().values()) {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw kafkaException(e);
                }
            }
        }
        return awaitUsable(topics.stream().map(Topics.Spec::name).toList());
    }

    private static Map<String, String> config(Topics.Spec topic, int replicas) {
        Map<String, String> config = new HashMap<>(topic.config());
        if (replicas == 3) {
            config.put("min.insync.replicas", "2");
        }
        return config;
    }

    private int brokerCount() throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            throw kafkaException(e);
        }
    }

    private Map<String, TopicDescription> awaitUsable(List<String> topics) throws InterruptedException {
        long deadline = System.nanoTime() + USABLE_WITHIN.toNanos();
        while (true) {
            try {
                Map<String, TopicDescription> described =
                        admin.describeTopics(topics).allTopicNames().get();
                if (described.values().stream().allMatch(TopicCreator::hasLeaders)) {
                    return described;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw kafkaException(e);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("topics " + topics + " were not usable within " + USABLE_WITHIN.toSeconds()
                        + " s after they were created");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static boolean hasLeaders(TopicDescription topic) {
        return topic.partitions().stream()
                .allMatch(partition ->
                        partition.leader() != null && !partition.leader().isEmpty());
    }

    private static KafkaException kafkaException(ExecutionException e) {
        return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
}
