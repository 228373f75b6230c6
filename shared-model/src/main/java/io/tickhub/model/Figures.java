package io.tickhub.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an instance has done in its present life, reported when its share of a drain is done: of a producer the acknowledged ticks by
 * symbol, of a hub the forwarded records by feed; nothing of an aggregator, whose figures are the statistics. Immutable.
 *
 * @param total of all names, those too that are left out
 * @param byName the figure of each symbol or feed
 * @param leftOut how many names are left out because the record would be too large
 */
public record Figures(long total, SortedMap<String, Long> byName, int leftOut) {

    /** Of one who has nothing to report. */
    public static final Figures NONE = new Figures(0, new TreeMap<>(), 0);

    /** A record has at most 1 MiB, with the rest of the status. */
    static final int MOST_BYTES = 900_000;

    /** What stands around a name: quotes, colon, comma and a number of 19 digits. */
    private static final int AROUND_A_NAME = 23;

    public Figures {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** As many of the names as fit into a record, in their order. */
    public static Figures of(long total, Map<String, Long> all) {
        SortedMap<String, Long> fitting = new TreeMap<>();
        int bytes = 0;
        for (Map.Entry<String, Long> one : new TreeMap<>(all).entrySet()) {
            bytes += Json.writeLine(one.getKey()).getBytes(StandardCharsets.UTF_8).length + AROUND_A_NAME;
            if (bytes > MOST_BYTES) {
                break;
            }
            fitting.put(one.getKey(), one.getValue());
        }
        return new Figures(total, fitting, all.size() - fitting.size());
    }
}
