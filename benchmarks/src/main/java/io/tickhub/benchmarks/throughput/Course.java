package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.topic.TopicCreator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * A broker with a backlog of ticks, through which one process after the other goes from the beginning, and how fast each is. Owns the
 * broker. For one thread.
 *
 * <p>All are timed in the same way: by the offsets that their group has committed, asked for each few milliseconds. That is the one
 * thing that all of them have, it touches none of them, and it says the same of all: what is committed is done, and who writes in
 * transactions has made it visible in the same moment. What was written is looked at after the time has been taken.
 */
final class Course implements AutoCloseable {

    private static final int BROKER_HEAP_MEGABYTES = 768;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 5;
    private static final int TOPICS_AT_A_TIME = 250;

    private final LocalBrokers brokers;
    private final KafkaConfig kafka;
    private final Admin admin;
    private final Backlog backlog;

    private Course(LocalBrokers brokers, Backlog backlog) {
        this.brokers = brokers;
        this.backlog = backlog;
        this.kafka = new KafkaConfig(brokers.bootstrapServers(), new Topics(""), Map.of());
        this.admin = Admin.create(kafka.client("benchmark-admin", Map.of()));
    }

    /** Starts the broker and publishes the backlog. */
    static Course open(Trial trial, Backlog backlog) throws InterruptedException {
        Course course = new Course(LocalBrokers.start(1, BROKER_HEAP_MEGABYTES, trial.logs()), backlog);
        try {
            trial.tell("publishing %,d ticks of %d symbols"
                    .formatted(backlog.ticks(), backlog.symbols().size()));
            course.create(course.kafka.topics().system());
            course.create(
                    backlog.symbols().stream().map(course.kafka.topics()::ticks).toList());
            backlog.publish(course.kafka);
            return course;
        } catch (InterruptedException | RuntimeException e) {
            course.close();
            throw e;
        }
    }

    KafkaConfig kafka() {
        return kafka;
    }

    Backlog backlog() {
        return backlog;
    }

    /**
     * Waits until a group has committed the whole backlog.
     *
     * @return ticks per second, without the start
     * @throws IllegalStateException if the process ends before, or is not through in time
     */
    double time(PeerProcess process, String group) throws InterruptedException {
        long beganNanos = System.nanoTime();
        Lap lap = new Lap(backlog.ticks(), beganNanos);
        while (!lap.isOver()) {
            process.requireAlive();
            long committed = committed(group);
            lap.see(System.nanoTime(), committed);
            if (System.nanoTime() - beganNanos > PATIENCE.toNanos()) {
                throw new IllegalStateException("group %s committed %,d of %,d ticks within %d s"
                        .formatted(group, committed, backlog.ticks(), PATIENCE.toSeconds()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return lap.perSecond();
    }

    /** What the cluster tells of topics. */
    Map<String, TopicDescription> describe(Collection<String> topics) throws InterruptedException {
        return get(admin.describeTopics(topics).allTopicNames());
    }

    /** Makes topics, however many, and waits until they can be used. */
    void create(List<Topics.Spec> wanted) throws InterruptedException {
        TopicCreator creator = new TopicCreator(admin);
        for (int from = 0; from < wanted.size(); from += TOPICS_AT_A_TIME) {
            var unused = creator.create(wanted.subList(from, Math.min(wanted.size(), from + TOPICS_AT_A_TIME)));
        }
    }

    /** Deletes all topics whose names are of a kind, and waits until they are gone. */
    void delete(Predicate<String> names) throws InterruptedException {
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

    /** Lets a group that nobody is in any more forget its offsets. */
    void forget(String group) throws InterruptedException {
        try {
            var unused = admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException("group " + group + " cannot be deleted: " + e.getCause(), e.getCause());
            }
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

    private long committed(String group) throws InterruptedException {
        try {
            return new ArrayList<>(admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values())
                    .stream()
                            .filter(Objects::nonNull)
                            .mapToLong(offset -> offset.offset())
                            .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new KafkaException("the offsets of " + group + " are not told: " + e.getCause(), e.getCause());
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }
}
