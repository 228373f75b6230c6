package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.rig.Backlog;
import io.tickhub.benchmarks.rig.Lap;
import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
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

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 5;

    private final LoneBroker broker;
    private final Backlog backlog;

    private Course(LoneBroker broker, Backlog backlog) {
        this.broker = broker;
        this.backlog = backlog;
    }

    /** Starts the broker and publishes the backlog. */
    static Course open(Trial trial, Backlog backlog) throws InterruptedException {
        Course course = new Course(LoneBroker.open(trial), backlog);
        try {
            trial.tell("publishing %,d ticks of %d symbols"
                    .formatted(backlog.ticks(), backlog.symbols().size()));
            course.create(backlog.symbols().stream()
                    .map(course.kafka().topics()::ticks)
                    .toList());
            backlog.publish(course.kafka());
            return course;
        } catch (InterruptedException | RuntimeException e) {
            course.close();
            throw e;
        }
    }

    KafkaConfig kafka() {
        return broker.kafka();
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
        return LoneBroker.get(broker.admin().describeTopics(topics).allTopicNames());
    }

    /** Makes topics, however many, and waits until they can be used. */
    void create(List<Topics.Spec> wanted) throws InterruptedException {
        broker.create(wanted);
    }

    /** Deletes all topics whose names are of a kind, and waits until they are gone. */
    void delete(Predicate<String> names) throws InterruptedException {
        broker.delete(names);
    }

    /** Lets a group that nobody is in any more forget its offsets. */
    void forget(String group) throws InterruptedException {
        try {
            var unused =
                    broker.admin().deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException("group " + group + " cannot be deleted: " + e.getCause(), e.getCause());
            }
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private long committed(String group) throws InterruptedException {
        try {
            return new ArrayList<>(broker.admin()
                            .listConsumerGroupOffsets(group)
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
}
