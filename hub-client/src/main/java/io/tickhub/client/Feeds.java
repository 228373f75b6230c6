package io.tickhub.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds that a client reads, each by a {@link FeedReader} on a thread of its own, which ends when no subscription needs the
 * feed any longer. Thread safe; the lock decides between a reader that is about to end and a subscription that is about to need it.
 */
final class Feeds {

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private static final Duration THREAD_END = Duration.ofSeconds(5);

    private record Running(FeedReader reader, Thread thread) {}

    private final Function<String, Consumer<byte[], byte[]>> consumers;
    private final HubPresence presence;
    private final AtomicInteger subscribesUnderWay = new AtomicInteger();
    private final Map<String, Running> runningByFeed = new HashMap<>();
    private int threadsAtWork;
    private volatile boolean stopped;

    /** @param consumers makes the consumer of a feed */
    Feeds(Function<String, Consumer<byte[], byte[]>> consumers, HubPresence presence) {
        this.consumers = consumers;
        this.presence = presence;
    }

    /** A SUBSCRIBE is about to be sent: records of subscriptions that are not known yet are kept until {@link #subscribed}. */
    void subscribing() {
        subscribesUnderWay.incrementAndGet();
    }

    /** The SUBSCRIBE is done; its buffer has been attached if it had success. */
    void subscribed() {
        subscribesUnderWay.decrementAndGet();
    }

    /** The buffer gets the records of its ranges, until it has settled. */
    synchronized void attach(String feed, SubscriptionBuffer buffer) {
        if (stopped) {
            buffer.discard();
        } else {
            runningByFeed.computeIfAbsent(feed, this::start).reader().attach(buffer);
        }
    }

    /** Waits until every feed has been read to the ends of its subscriptions, and that is committed; at most for the timeout. */
    synchronized void awaitSettled(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toMillis(); threadsAtWork > 0 && left > 0; ) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Ends the threads after they have committed their places. */
    void close() throws InterruptedException {
        List<Running> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(runningByFeed.values());
        }
        for (Running running : all) {
            running.thread().join(THREAD_END);
        }
    }

    private Running start(String feed) {
        FeedReader reader = new FeedReader(
                consumers.apply(feed), feed, () -> subscribesUnderWay.get() > 0, presence, System::nanoTime);
        threadsAtWork++;
        Thread thread = Thread.ofPlatform().daemon().name("tickhub-" + feed).start(() -> run(feed, reader));
        return new Running(reader, thread);
    }

    private void run(String feed, FeedReader reader) {
        try (reader) {
            reader.open();
            while (!stopped && !retire(feed, reader)) {
                reader.runOnce();
            }
        } catch (RuntimeException e) {
            LOG.error("Feed {} can no longer be read: {}", feed, e.toString());
            remove(feed, reader);
            reader.fail(new FeedException("feed " + feed + " can no longer be read: " + e.getMessage(), e));
        }
        synchronized (this) {
            threadsAtWork--;
            notifyAll();
        }
    }

    /** Takes the reader out if nobody needs it. */
    private synchronized boolean retire(String feed, FeedReader reader) {
        if (!reader.isIdle() || subscribesUnderWay.get() > 0) {
            return false;
        }
        return remove(feed, reader);
    }

    private synchronized boolean remove(String feed, FeedReader reader) {
        return runningByFeed
                .entrySet()
                .removeIf(
                        entry -> entry.getKey().equals(feed) && entry.getValue().reader() == reader);
    }
}
