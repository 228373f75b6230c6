package io.tickhub.producer.publish;

import io.tickhub.model.Original;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.runtime.deadletter.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Publishes what a source gives: ticks to their symbols' topics, bad rows to the dead letters. One thread publishes; counts may be
 * asked by any. Owns Kafka's producer.
 *
 * <p>The producer is idempotent and never gives up, so the records of a symbol arrive once and in order; when its buffer is full,
 * because the broker is slow or gone, {@link #publish} waits. A record that Kafka refuses for good ends the publisher.
 */
public final class Publisher implements AutoCloseable {

    /** More topics than this are a mistake, such as a wrong column mapped to the symbol. */
    static final int MAX_SYMBOLS = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final TickTopicMaker topicMaker;
    private final SymbolListener listener;
    private final DeadLetters deadLetters;
    private final Callback deadLetterAnswer;
    private final RowKeys keys;
    private final RowHeaders rowHeaders = new RowHeaders();
    private final TickCodec codec = new TickCodec();
    private final Map<Symbol, Lane> lanes = new ConcurrentHashMap<>();
    /** Written by the publishing thread alone; what is acknowledged, by the producer's sender alone. */
    private final AtomicLong sent = new AtomicLong();

    private final AtomicLong deadLettersAcknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<Optional<PublishException>> failure = new AtomicReference<>(Optional.empty());

    /** Takes ownership of the producer; {@code instance} is named in dead letters; {@code listener} hears of each
     * new symbol. */
    Publisher(
            Producer<byte[], byte[]> producer,
            TickTopicMaker topicMaker,
            Topics topics,
            String instance,
            SymbolListener listener) {
        this.listener = listener;
        this.producer = producer;
        this.topicMaker = topicMaker;
        this.keys = new RowKeys(topics);
        this.deadLetters = new DeadLetters(topics, instance, InstantSource.system());
        this.deadLetterAnswer =
                countingIn(deadLettersAcknowledged, topics.deadLetters().name());
    }

    /**
     * Makes sure of the topics of symbols that are known beforehand, all at once; otherwise each is made at its first tick.
     *
     * @throws UnusableTopicException if a symbol's topic cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits for Kafka
     */
    public void prepare(Collection<Symbol> symbols) throws InterruptedException {
        topicMaker.ensure(symbols).forEach((symbol, topic) -> {
            AtomicLong acknowledged = new AtomicLong();
            Lane lane = new Lane(symbol, topic, acknowledged, countingIn(acknowledged, topic));
            lanes.put(symbol, lane);
            listener.opened(symbol, lane.acknowledged());
        });
    }

    /**
     * Hands an item to Kafka; waits while too much is on its way already.
     *
     * @throws PublishException if Kafka refused this record or an earlier one for good
     * @throws UnusableTopicException if the symbol's topic cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits; the item is not published then
     */
    public void publish(SourceItem item) throws InterruptedException {
        switch (item) {
            case SourceItem.Good good -> publish(lane(good.tick().symbol()), List.of(good));
            case SourceItem.Bad bad -> publish(bad);
        }
    }

    /**
     * Hands many items to Kafka, those of each symbol together and in their order; for the order of different symbols' ticks nobody can see.
     * Kafka's producer keeps much for each topic, and with a thousand of them in turns each record waits for memory.
     *
     * @throws PublishException if Kafka refused one of these records or an earlier one for good
     * @throws UnusableTopicException if a symbol's topic cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits; of each symbol's items the last may not be published then
     */
    public void publish(List<SourceItem> items) throws InterruptedException {
        Map<Lane, List<SourceItem.Good>> byLane = new LinkedHashMap<>();
        for (SourceItem item : items) {
            switch (item) {
                case SourceItem.Good good ->
                    byLane.computeIfAbsent(lane(good.tick().symbol()), lane -> new ArrayList<>())
                            .add(good);
                case SourceItem.Bad bad -> publish(bad);
            }
        }
        byLane.forEach(this::publish);
    }

    /**
     * Waits until Kafka has acknowledged everything.
     *
     * @throws PublishException if Kafka refused a record for good
     * @throws org.apache.kafka.common.errors.InterruptException if the thread is interrupted while it waits
     */
    public void awaitAcknowledged() {
        producer.flush();
        throwFailure();
    }

    /** What Kafka has acknowledged so far. */
    public Published published() {
        SortedMap<Symbol, Long> ticks = new TreeMap<>();
        lanes.forEach((symbol, lane) -> ticks.put(symbol, lane.acknowledged().get()));
        long letters = deadLettersAcknowledged.get();
        long acknowledged =
                letters + ticks.values().stream().mapToLong(Long::longValue).sum();
        return new Published(ticks, letters, sent.get() - acknowledged);
    }

    /** The topics to which ticks have been published, by symbol. */
    Map<Symbol, String> topics() {
        Map<Symbol, String> topics = new TreeMap<>();
        lanes.forEach((symbol, lane) -> topics.put(symbol, lane.topic()));
        return topics;
    }

    /** Records that wait for Kafka's answer. */
    long waiting() {
        // In this order: an answer that comes in between must not make it negative.
        long answers = answered();
        return sent.get() - answers;
    }

    /** Answers of Kafka so far. */
    long answered() {
        return refused.get()
                + deadLettersAcknowledged.get()
                + lanes.values().stream()
                        .mapToLong(lane -> lane.acknowledged().get())
                        .sum();
    }

    /** Gives Kafka so long to acknowledge what is on its way, then gives up the rest. */
    public void close(Duration patience) {
        producer.close(failure.get().isPresent() ? Duration.ZERO : patience);
    }

    /** Gives up what is on its way. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Asks the lane once: it lies beside what the sender's thread counts in, and each look would cost a way to the other core. */
    private void publish(Lane lane, List<SourceItem.Good> goods) {
        String topic = lane.topic();
        byte[] key = lane.key();
        Callback answer = lane.answer();
        for (SourceItem.Good good : goods) {
            List<Header> headers = good.row().map(rowHeaders::of).map(List::of).orElse(List.of());
            send(new ProducerRecord<>(topic, 0, key, codec.encode(good.tick()), headers), answer);
        }
    }

    private void publish(SourceItem.Bad bad) {
        send(
                deadLetters.ofRow(
                        keys.deadLetterKey(bad),
                        bad.address().toString(),
                        bad.raw().bytes(),
                        original(bad.raw().extent()),
                        bad.reason(),
                        bad.detail()),
                deadLetterAnswer);
    }

    private Lane lane(Symbol symbol) throws InterruptedException {
        Lane known = lanes.get(symbol);
        if (known != null) {
            return known;
        }
        if (lanes.size() >= MAX_SYMBOLS) {
            throw new UnusableTopicException("there are more than " + MAX_SYMBOLS
                    + " symbols; is the right column mapped to the symbol? The next would be " + symbol);
        }
        prepare(List.of(symbol));
        return lanes.get(symbol);
    }

    private void send(ProducerRecord<byte[], byte[]> message, Callback answer) {
        throwFailure();
        sent.setRelease(sent.getPlain() + 1);
        try {
            var unused = producer.send(message, answer);
        } catch (RuntimeException e) {
            // It did not get as far as the buffer, and no callback will come.
            sent.setRelease(sent.getPlain() - 1);
            throw e;
        }
    }

    private Callback countingIn(AtomicLong acknowledged, String topic) {
        return (metadata, exception) -> {
            if (exception == null) {
                acknowledged.setRelease(acknowledged.getPlain() + 1);
            } else {
                failure.compareAndSet(Optional.empty(), Optional.of(new PublishException(topic, exception)));
                refused.incrementAndGet();
            }
        };
    }

    private void throwFailure() {
        Optional<PublishException> refused = failure.get();
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    private static Original original(RawRow.Extent extent) {
        return switch (extent) {
            case WHOLE -> Original.WHOLE;
            case CUT -> Original.CUT_SHORT;
        };
    }
}
