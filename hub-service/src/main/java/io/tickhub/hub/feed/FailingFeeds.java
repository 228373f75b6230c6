package io.tickhub.hub.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Feeds that could not be written, and when that is no longer a matter of patience: one feed must not hold up all others for ever, nor
 * end because a broker is away or has just come back. For the worker's thread.
 */
final class FailingFeeds {

    /** A broker that has just started, or is busy, may not have heard of a topic yet. */
    private static final Duration MISSING = Duration.ofSeconds(3);

    /** Until there is another leader, or enough replicas again. */
    private static final Duration UNAVAILABLE = Duration.ofMinutes(1);

    /** It is written again and again, so after this the next failure is a first one. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private static final int MOST_REFUSALS = 5;
    private static final int MOST_REMEMBERED = 1_000;

    private final Predicate<String> exists;
    private final LongSupplier nanoTime;
    private final Map<String, Trouble> troubles = new HashMap<>();

    private static final class Trouble {

        private final long sinceNanos;
        private long lastNanos;
        private OptionalLong missingSinceNanos = OptionalLong.empty();
        private int refusals;

        Trouble(long nowNanos) {
            this.sinceNanos = nowNanos;
            this.lastNanos = nowNanos;
        }
    }

    /**
     * @param exists asks the cluster for a feed, and may block for some seconds; a cluster that does not answer says yes
     * @param nanoTime {@link System#nanoTime}, or a test's clock
     */
    FailingFeeds(Predicate<String> exists, LongSupplier nanoTime) {
        this.exists = exists;
        this.nanoTime = nanoTime;
    }

    /** A feed could not be written once more; returns whether it is lost now, and then forgets it. */
    boolean isLost(String feed, Exception failure) {
        boolean isMissing = !exists.test(feed);
        long now = nanoTime.getAsLong();
        Trouble trouble = trouble(feed, now);
        trouble.lastNanos = now;
        if (isRefusal(failure)) {
            trouble.refusals++;
        }
        if (!isMissing) {
            trouble.missingSinceNanos = OptionalLong.empty();
        } else if (trouble.missingSinceNanos.isEmpty()) {
            trouble.missingSinceNanos = OptionalLong.of(now);
        }
        boolean isLost = trouble.refusals >= MOST_REFUSALS
                || now - trouble.sinceNanos >= UNAVAILABLE.toNanos()
                || (isMissing && now - trouble.missingSinceNanos.getAsLong() >= MISSING.toNanos());
        if (isLost) {
            troubles.remove(feed);
        }
        return isLost;
    }

    boolean isEmpty() {
        return troubles.isEmpty();
    }

    /** These were written. */
    void written(Collection<String> feeds) {
        troubles.keySet().removeAll(feeds);
    }

    private Trouble trouble(String feed, long now) {
        troubles.values().removeIf(trouble -> now - trouble.lastNanos >= FORGOTTEN.toNanos());
        if (troubles.size() >= MOST_REMEMBERED) {
            troubles.clear();
        }
        return troubles.computeIfAbsent(feed, unused -> new Trouble(now));
    }

    /** What will not be otherwise the next time, unless somebody changes it. */
    private static boolean isRefusal(Exception failure) {
        return failure instanceof AuthorizationException
                || failure instanceof InvalidTopicException
                || failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException;
    }
}
