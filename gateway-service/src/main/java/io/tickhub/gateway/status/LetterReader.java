package io.tickhub.gateway.status;

import io.tickhub.client.RequestException;
import io.tickhub.client.deadletter.DeadLetter;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.DeadLetterQueueException;
import io.tickhub.gateway.status.SystemStatus.DeadLetters;
import io.tickhub.gateway.status.SystemStatus.Letter;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the open dead letters. They are read again only when the ends of their topic have moved, and not at all where there are very
 * many. For one thread at a time; does not own the admin client.
 */
final class LetterReader {

    private static final Logger LOG = LoggerFactory.getLogger(LetterReader.class);
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final long MOST_READ = 20_000;
    private static final int NEWEST = 20;

    private final KafkaConfig kafka;
    private final Admin admin;
    private final Topics.Spec topic;
    private Map<TopicPartition, Long> readTo = Map.of();
    private Optional<DeadLetters> last = Optional.empty();

    LetterReader(KafkaConfig kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
        this.topic = kafka.topics().deadLetters();
    }

    /** What could not be used; empty if the cluster does not tell in time. */
    Optional<DeadLetters> look() throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
            if (last.isEmpty() || !ends.equals(readTo)) {
                last = Optional.of(read(ends));
                readTo = ends;
            }
            return last;
        } catch (ExecutionException | RequestException | DeadLetterQueueException e) {
            LOG.debug("The dead letters are not known", e);
            return Optional.empty();
        }
    }

    private DeadLetters read(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> starts = offsets(OffsetSpec.earliest());
        long records = ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
                .sum();
        if (records == 0) {
            return new DeadLetters(0, true, List.of());
        }
        if (records > MOST_READ) {
            return new DeadLetters(records, false, List.of());
        }
        List<Letter> open = new ArrayList<>();
        try (DeadLetterQueue queue = DeadLetterQueue.connect(kafka)) {
            queue.list(letter -> true, letter -> open.add(line(letter)));
        }
        return new DeadLetters(
                open.size(),
                true,
                open.stream()
                        .sorted(Comparator.comparing(Letter::time).reversed())
                        .limit(NEWEST)
                        .toList());
    }

    private static Letter line(DeadLetter letter) {
        return new Letter(
                letter.number(), letter.time(), letter.reason(), letter.source().toString(), letter.detail());
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .collect(Collectors.toMap(Function.identity(), partition -> which));
        return admin
                .listOffsets(wanted, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
