package io.tickhub.drill.rig;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long anything stood still: for each line, such as a symbol's feed, the longest time between two arrivals of what is not older
 * than a second. Thread safe.
 */
public final class Freshness {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Map<String, Line> lines = new HashMap<>();

    /** One thing that is to arrive again and again. */
    private static final class Line {

        private long lastNanos;
        private long longestNanos;
        private Instant newest = Instant.MIN;
    }

    /** Begins to measure: all lines are taken for fresh now. */
    public synchronized void begin(Collection<String> names) {
        lines.clear();
        long now = System.nanoTime();
        for (String name : names) {
            Line line = new Line();
            line.lastNanos = now;
            lines.put(name, line);
        }
    }

    /** Something of a line arrived whose event time, by this machine's clock, is known. */
    public synchronized void arrived(String name, Instant eventTime) {
        Line line = lines.get(name);
        if (line == null) {
            return;
        }
        if (eventTime.isAfter(line.newest)) {
            line.newest = eventTime;
        }
        if (Duration.between(eventTime, Instant.now()).compareTo(FRESH) < 0) {
            long now = System.nanoTime();
            line.longestNanos = Math.max(line.longestNanos, now - line.lastNanos);
            line.lastNanos = now;
        }
    }

    /** Whether something of every line arrived whose event time, by this machine's clock, is later than a moment. */
    public synchronized boolean isServedSince(Instant moment) {
        return unserved(moment).isEmpty();
    }

    /** The lines of which nothing arrived whose event time is later than a moment. */
    public synchronized List<String> unserved(Instant moment) {
        return lines.entrySet().stream()
                .filter(entry -> !entry.getValue().newest.isAfter(moment))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether every line has arrived fresh within the last second. */
    public synchronized boolean isFresh() {
        long now = System.nanoTime();
        return lines.values().stream().allMatch(line -> now - line.lastNanos < FRESH.toNanos());
    }

    /** The longest time that any line stood still since {@link #begin}, until now. */
    public synchronized Duration longest() {
        long now = System.nanoTime();
        return Duration.ofNanos(lines.values().stream()
                .mapToLong(line -> Math.max(line.longestNanos, now - line.lastNanos))
                .max()
                .orElse(0));
    }
}
