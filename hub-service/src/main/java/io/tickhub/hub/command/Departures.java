package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which clients are gone: those whose leases are over, once every command has been read that stood there when that was first
 * seen, and none was theirs. For one thread; does not own the admin client.
 */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final int ASK_MILLIS = (int) Duration.ofSeconds(3).toMillis();

    private final Admin admin;
    private final Map<TopicPartition, Long> nextToRead = new HashMap<>();
    /** The clients whose leases were over, and the ends that their partitions had then. */
    private final Map<ClientId, Long> suspects = new HashMap<>();

    Departures(Admin admin) {
        this.admin = admin;
    }

    /** The commands of a partition have been read up to an offset. */
    void read(TopicPartition partition, long next) {
        nextToRead.put(partition, next);
    }

    /** The partition belongs to another hub now. */
    void forget(TopicPartition partition) {
        nextToRead.remove(partition);
        suspects.clear();
    }

    /**
     * The clients that are gone.
     *
     * @param over the clients whose leases are over, and the partitions of their commands
     */
    List<ClientId> among(Map<ClientId, TopicPartition> over) throws InterruptedException {
        suspects.keySet().retainAll(over.keySet());
        List<ClientId> gone = suspects.entrySet().stream()
                .filter(suspect -> nextToRead.getOrDefault(over.get(suspect.getKey()), -1L) >= suspect.getValue())
                .map(Map.Entry::getKey)
                .toList();
        Map<ClientId, TopicPartition> fresh = new HashMap<>(over);
        fresh.keySet().removeAll(suspects.keySet());
        if (!fresh.isEmpty()) {
            Map<TopicPartition, Long> ends = ends(Set.copyOf(fresh.values()));
            fresh.forEach((client, partition) -> {
                if (ends.containsKey(partition)) {
                    suspects.put(client, ends.get(partition));
                }
            });
        }
        return gone;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) throws InterruptedException {
        try {
            return admin
                    .listOffsets(
                            partitions.stream()
                                    .collect(
                                            Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())),
                            new ListOffsetsOptions().timeoutMs(ASK_MILLIS))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        } catch (ExecutionException e) {
            LOG.debug("The ends of the commands are not known", e);
            return Map.of();
        }
    }
}
