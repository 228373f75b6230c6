package io.tickhub.hub.command;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Knows which reply topics exist, so that a reply to one that does not never makes the hub wait. Thread safe: the receipt of a shutdown
 * is sent by another thread than all other replies. Does not own the admin client.
 */
final class ReplyTopics {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration EXISTING_REMEMBERED = Duration.ofSeconds(10);
    /** Clients make a reply topic and send at once; a broker may know it a little later. */
    private static final Duration MISSING_REMEMBERED = Duration.ofSeconds(1);

    private static final Duration UNWRITABLE_REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_FAILURES = 3;
    private static final int ASK_MILLIS = 2_000;

    private final Admin admin;
    private final String shared;
    private final LongSupplier nanoTime;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    /** What was found: 0 partitions if the topic does not exist, or cannot be written. */
    private record Known(int partitions, long untilNanos) {}

    /** @param shared the system's own reply topic, of whose writing nobody despairs: it has the replies of all */
    ReplyTopics(Admin admin, String shared, LongSupplier nanoTime) {
        this.admin = admin;
        this.shared = shared;
        this.nanoTime = nanoTime;
    }

    /** Whether a reply can be written there. */
    synchronized boolean exists(ReplyAddress address) {
        int partitions = partitions(address.topic());
        return partitions > 0 && address.partition().orElse(0) < partitions;
    }

    /** A topic could not be written. One that fails again and again, while the cluster is there, counts as missing for a while. */
    synchronized void failed(String topic) {
        if (topic.equals(shared)) {
            return;
        }
        if (known.containsKey(topic) && failures.merge(topic, 1, Integer::sum) >= MOST_FAILURES) {
            failures.remove(topic);
            remember(topic, 0, UNWRITABLE_REMEMBERED);
        }
    }

    /** These could be written. */
    synchronized void written(Set<String> topics) {
        failures.keySet().removeAll(topics);
    }

    private int partitions(String topic) {
        Known before = known.get(topic);
        if (before != null && nanoTime.getAsLong() - before.untilNanos() < 0) {
            return before.partitions();
        }
        try {
            int partitions = ask(topic);
            remember(topic, partitions, partitions == 0 ? MISSING_REMEMBERED : EXISTING_REMEMBERED);
            return partitions;
        } catch (ExecutionException e) {
            // The cluster did not answer: as it was before.
            return before == null ? 0 : before.partitions();
        }
    }

    private void remember(String topic, int partitions, Duration time) {
        known.remove(topic);
        if (known.size() >= MOST_REMEMBERED) {
            String oldest = known.keySet().iterator().next();
            known.remove(oldest);
            failures.remove(oldest);
        }
        known.put(topic, new Known(partitions, nanoTime.getAsLong() + time.toNanos()));
    }

    private int ask(String topic) throws ExecutionException {
        try {
            return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(ASK_MILLIS))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw e;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
