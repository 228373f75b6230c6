package io.tickhub.client;

import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Reads the topics of symbols for all subscriptions of a client that are delivered directly. One thread calls everything but {@link
 * #attach}. It owns its consumer, which has no group: there is no place to be kept but {@link Subscription#positions}.
 *
 * <p>A partition is read where the range stands that is furthest behind of those with room in their buffers. Mostly there is one
 * range, and its partition is paused while its buffer is full. Two of one symbol meet after an UNSUBSCRIBE, when the first has not
 * been read to its end yet.
 */
final class DirectReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(10);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicLook topicLook;
    private final Queue<DirectRange> attached = new ConcurrentLinkedQueue<>();
    private final List<DirectRange> ranges = new ArrayList<>();
    /** The next offset of each partition. The consumer's own position() can be unknown for a moment. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    DirectReader(Consumer<byte[], byte[]> consumer, TopicLook topicLook) {
        this.consumer = consumer;
        this.topicLook = topicLook;
    }

    /** Any thread: the ranges are read from now on. */
    void attach(Collection<DirectRange> begun) {
        attached.addAll(begun);
    }

    /** Looks whether the topics are still the same ones, hands over what waits, and reads what there is room for. */
    void runOnce() {
        takeAttached();
        lookAtTopics();
        ranges.forEach(DirectRange::handOver);
        ranges.removeIf(DirectRange::isDone);
        if (!ranges.isEmpty()) {
            aim();
            poll();
        }
    }

    /** Whether there is nothing to read. */
    boolean isIdle() {
        return ranges.isEmpty() && attached.isEmpty();
    }

    /** The topics cannot be read any longer: tells all buffers. */
    void fail(FeedException cause) {
        takeAttached();
        ranges.forEach(range -> range.buffer().fail(cause));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void takeAttached() {
        for (DirectRange range = attached.poll(); range != null; range = attached.poll()) {
            ranges.add(range);
        }
    }

    private void lookAtTopics() {
        Set<Symbol> symbols = ranges.stream().map(range -> range.id().symbol()).collect(Collectors.toSet());
        topicLook.look(symbols).ifPresent(found -> ranges.stream()
                .filter(range -> found.asked().contains(range.id().symbol()))
                .forEach(range -> range.see(
                        Optional.ofNullable(found.idsBySymbol().get(range.id().symbol())))));
    }

    private void aim() {
        Set<TopicPartition> all = ranges.stream().map(DirectRange::partition).collect(Collectors.toSet());
        if (!all.equals(consumer.assignment())) {
            consumer.assign(all);
            positions.keySet().retainAll(all);
        }
        Map<TopicPartition, Long> wanted = new HashMap<>();
        ranges.stream()
                .filter(DirectRange::isHungry)
                .forEach(range -> wanted.merge(range.partition(), range.next(), Math::min));
        wanted.forEach((partition, next) -> {
            if (!next.equals(positions.put(partition, next))) {
                consumer.seek(partition, next);
            }
        });
        Set<TopicPartition> full = new HashSet<>(all);
        full.removeAll(wanted.keySet());
        consumer.pause(full);
        consumer.resume(wanted.keySet());
    }

    private void poll() {
        boolean allHungry = ranges.stream().allMatch(DirectRange::isHungry);
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(allHungry ? POLL : POLL_WHILE_PAUSED);
            records.nextOffsets().forEach((partition, next) -> {
                long from = positions.put(partition, next.offset());
                of(partition).forEach(range -> range.read(from, next.offset(), records.records(partition)));
            });
            ranges.forEach(DirectRange::handOver);
        } catch (OffsetOutOfRangeException e) {
            passOver(e.offsetOutOfRangePartitions());
        } catch (TopicAuthorizationException e) {
            giveUp(e);
        }
    }

    /** Retention has deleted what was to be read next; or that lies beyond the end, and the topic is no longer what it was. */
    private void passOver(Map<TopicPartition, Long> outOfRange) {
        Map<TopicPartition, Long> beginnings;
        try {
            beginnings = consumer.beginningOffsets(outOfRange.keySet(), LOOK_UP);
        } catch (TimeoutException e) {
            // It shows again at the next poll.
            return;
        }
        outOfRange.forEach((partition, next) -> {
            positions.remove(partition);
            for (DirectRange range : of(partition)) {
                if (next < beginnings.get(partition)) {
                    range.miss(beginnings.get(partition));
                } else if (range.next() >= next) {
                    range.end(
                            "offset " + next + " lies beyond the end of the symbol's topic, which was deleted and made"
                                    + " again or has lost records");
                }
            }
        });
    }

    /** The other subscriptions of the client go on. */
    private void giveUp(TopicAuthorizationException refused) {
        Set<SubscriptionBuffer> concerned = ranges.stream()
                .filter(range ->
                        refused.unauthorizedTopics().contains(range.partition().topic()))
                .map(DirectRange::buffer)
                .collect(Collectors.toSet());
        ranges.removeIf(range -> concerned.contains(range.buffer()));
        concerned.forEach(buffer ->
                buffer.fail(new FeedException("symbols cannot be read directly: " + refused.getMessage(), refused)));
    }

    private List<DirectRange> of(TopicPartition partition) {
        return ranges.stream()
                .filter(range -> range.partition().equals(partition))
                .toList();
    }
}
