package io.tickhub.hub.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;

/**
 * Knows which reply topics exist, so that a reply to one that does not never makes the hub wait. For one thread; does not own the
 * admin client.
 */
final class ReplyTopics {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int ASK_MILLIS = 2_000;

    private final Admin admin;
    private final Map<String, Known> known = new LinkedHashMap<>();

    /** What was found: 0 partitions if the topic does not exist. */
    private record Known(int partitions, long atNanos) {}

    ReplyTopics(Admin admin) {
        this.admin = admin;
    }

    /** Whether a reply can be written there. */
    boolean exists(ReplyAddress address) {
        int partitions = partitions(address.topic());
        return partitions > 0 && address.partition().orElse(0) < partitions;
    }

    private int partitions(String topic) {
        Known before = known.get(topic);
        if (before != null && System.nanoTime() - before.atNanos() < REMEMBERED.toNanos()) {
            return before.partitions();
        }
        int partitions = ask(topic);
        known.remove(topic);
        if (known.size() >= MOST_REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(topic, new Known(partitions, System.nanoTime()));
        return partitions;
    }

    private int ask(String topic) {
        try {
            return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(ASK_MILLIS))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
