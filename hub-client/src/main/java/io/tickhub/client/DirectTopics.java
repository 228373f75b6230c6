package io.tickhub.client;

import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The symbols' topics that a client reads itself, all by one {@link DirectReader} on a thread of its own, which ends when no
 * subscription needs it any longer. Thread safe; the lock decides between a reader that is about to end and a subscription that is
 * about to need it. It owns the thread and what it asks the cluster with, both made when they are needed.
 */
final class DirectTopics {

    private static final Logger LOG = LoggerFactory.getLogger(DirectTopics.class);

    private static final Duration THREAD_END = Duration.ofSeconds(5);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(2);

    private record Running(DirectReader reader, Thread thread) {}

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<SymbolTopics> cluster;
    private Optional<SymbolTopics> opened = Optional.empty();
    private Optional<Running> running = Optional.empty();
    private volatile boolean stopped;

    /**
     * @param consumers makes a reader's consumer
     * @param cluster makes what the cluster is asked with
     */
    DirectTopics(Supplier<Consumer<byte[], byte[]>> consumers, Supplier<SymbolTopics> cluster) {
        this.consumers = consumers;
        this.cluster = cluster;
    }

    /**
     * Ids of the symbols' topics, to be asked for before the hub is: should a topic be made again after that, its id shows it. A
     * symbol without a topic is left out.
     */
    Map<Symbol, String> ids(Collection<Symbol> symbols, Duration timeout) {
        return cluster().awaitIds(symbols, timeout);
    }

    /** The ends of the symbols' topics at this moment; a symbol without a topic is left out. */
    Map<Symbol, Long> ends(Collection<Symbol> symbols, Duration timeout) {
        return cluster().awaitEnds(symbols, timeout);
    }

    /**
     * The buffer gets what stands in its ranges, until they have ended.
     *
     * @param topicIds what {@link #ids} has said
     */
    synchronized void attach(
            List<Reply.Subscribed.Start> starts, Map<Symbol, String> topicIds, SubscriptionBuffer buffer) {
        if (stopped) {
            buffer.discard();
            return;
        }
        SymbolTopics topics = cluster();
        if (running.isEmpty()) {
            running = Optional.of(start(topics));
        }
        running.get()
                .reader()
                .attach(starts.stream()
                        .map(start -> new DirectRange(
                                new RangeId(start.subscription(), start.symbol()),
                                topics.partition(start.symbol()),
                                // The hub may have learned of a new topic later than this client.
                                start.snapshot()
                                        .map(PriceStats::topicId)
                                        .or(() -> Optional.ofNullable(topicIds.get(start.symbol()))),
                                start.start(),
                                buffer))
                        .toList());
    }

    /** Ends the thread. */
    void close() throws InterruptedException {
        Optional<Running> last;
        synchronized (this) {
            stopped = true;
            last = running;
        }
        if (last.isPresent()) {
            last.get().thread().join(THREAD_END);
        }
        synchronized (this) {
            opened.ifPresent(SymbolTopics::close);
        }
    }

    private synchronized SymbolTopics cluster() {
        if (stopped) {
            throw new ClientClosedException("the question for topics");
        }
        SymbolTopics topics = opened.orElseGet(cluster);
        opened = Optional.of(topics);
        return topics;
    }

    private Running start(SymbolTopics topics) {
        TopicLook topicLook = new TopicLook(symbols -> topics.ids(symbols, LOOK_TIMEOUT), System::nanoTime);
        DirectReader reader = new DirectReader(consumers.get(), topicLook);
        return new Running(
                reader, Thread.ofPlatform().daemon().name("tickhub-direct").start(() -> run(reader)));
    }

    private void run(DirectReader reader) {
        try (reader) {
            while (!stopped && !retire(reader)) {
                reader.runOnce();
            }
        } catch (RuntimeException e) {
            LOG.error("Symbols can no longer be read directly: {}", e.toString());
            remove(reader);
            reader.fail(new FeedException("symbols can no longer be read directly: " + e.getMessage(), e));
        }
    }

    /** Takes the reader out if nobody needs it. */
    private synchronized boolean retire(DirectReader reader) {
        if (reader.isIdle()) {
            remove(reader);
        }
        return reader.isIdle();
    }

    private synchronized void remove(DirectReader reader) {
        running = running.filter(current -> current.reader() != reader);
    }
}
