package io.tickhub.client;

import io.tickhub.model.ClientId;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of a client's feed, read again from its topic: what a program did not keep in memory. It leaves the client's place in the feed
 * alone. For one thread; owns its consumer.
 */
public final class FeedLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final FeedDecoder decoder = new FeedDecoder();
    private final long first;
    private final long end;

    /**
     * One event where it stands.
     *
     * @param offset its offset in the feed
     * @param event what it says, the same for everybody who reads it
     */
    public record Placed(long offset, MarketEvent event) {}

    private FeedLog(Consumer<byte[], byte[]> consumer, TopicPartition partition, long first, long end) {
        this.consumer = consumer;
        this.partition = partition;
        this.first = first;
        this.end = end;
    }

    /**
     * Opens a feed to read its offsets {@code [from, to)}, or what is there of them now.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer, or the feed is gone
     */
    public static FeedLog open(KafkaConfig kafka, ClientId client, String feed, long from, long to) {
        Consumer<byte[], byte[]> consumer = new KafkaClients(kafka, "tickhub-" + client + "-again").tickConsumer();
        try {
            TopicPartition partition = new TopicPartition(feed, 0);
            consumer.assign(Set.of(partition));
            long begin =
                    consumer.beginningOffsets(Set.of(partition), CALL_TIMEOUT).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(Set.of(partition), CALL_TIMEOUT).getOrDefault(partition, 0L);
            long first = Math.max(from, begin);
            consumer.seek(partition, first);
            return new FeedLog(consumer, partition, first, Math.min(to, end));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The first offset that is left; above the one asked for if retention has deleted records. */
    public long first() {
        return first;
    }

    /** Whether everything was read. */
    public boolean isDone() {
        return consumer.position(partition, CALL_TIMEOUT) >= end;
    }

    /** The next events, in order; none if none came in a moment. */
    public List<Placed> next() {
        List<Placed> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            if (found.offset() < end) {
                decoder.decode(found)
                        .flatMap(FeedLog::event)
                        .ifPresent(event -> events.add(new Placed(found.offset(), event)));
            }
        }
        return List.copyOf(events);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Optional<MarketEvent> event(FeedRecord record) {
        return switch (record) {
            case FeedRecord.Ticked ticked ->
                Optional.of(new MarketEvent.FeedTick(
                        ticked.range().symbol(),
                        ticked.offset(),
                        ticked.tick().price(),
                        ticked.tick().volume(),
                        ticked.tick().timestamp(),
                        ticked.covers()));
            case FeedRecord.Gap gap ->
                Optional.of(new MarketEvent.Gap(gap.range().symbol(), gap.covers(), gap.detail()));
            case FeedRecord.Skipped skipped ->
                Optional.of(new MarketEvent.Skipped(skipped.range().symbol(), skipped.covers()));
            case FeedRecord.Begun begun ->
                Optional.of(new MarketEvent.Begun(begun.range().symbol(), begun.covers()));
            case FeedRecord.Ended ended ->
                Optional.of(new MarketEvent.Ended(ended.range().symbol(), ended.covers(), ended.detail()));
            // How things stood then says nothing of now.
            case FeedRecord.Stale stale -> Optional.empty();
            case FeedRecord.Recovered recovered -> Optional.empty();
        };
    }
}
