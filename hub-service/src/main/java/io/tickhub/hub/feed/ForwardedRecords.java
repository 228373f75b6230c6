package io.tickhub.hub.feed;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one worker has forwarded in its life, feed by feed: records that are committed. The worker's thread writes, any thread may read.
 */
public final class ForwardedRecords {

    private final Map<String, Long> byFeed = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    /** Of the transaction in hand; the worker's thread only. */
    private final Map<String, Count> uncommitted = new HashMap<>();

    private static final class Count {

        private long records;
    }

    /** All records, into feeds too that are gone by now. */
    public long total() {
        return total.get();
    }

    /** The records of each feed that has subscriptions, as a view that changes under the reader. */
    public Map<String, Long> byFeed() {
        return Collections.unmodifiableMap(byFeed);
    }

    void begin() {
        uncommitted.clear();
    }

    void written(String feed) {
        uncommitted.computeIfAbsent(feed, unknown -> new Count()).records++;
    }

    void committed() {
        uncommitted.forEach((feed, count) -> {
            byFeed.merge(feed, count.records, Long::sum);
            total.addAndGet(count.records);
        });
        uncommitted.clear();
    }

    /** Forgets the feeds that have no subscription any more: clients come and go. */
    void retain(Set<String> feeds) {
        byFeed.keySet().retainAll(feeds);
    }
}
