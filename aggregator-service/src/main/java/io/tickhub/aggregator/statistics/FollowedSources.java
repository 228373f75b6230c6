package io.tickhub.aggregator.statistics;

import io.tickhub.model.SourceIds;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the ids of a symbol's ticks tell, by source. Ids that count up one by one, as nearly all do, are only remembered, and brought into
 * the map when something else comes. Bounded: {@value #MOST} sources. For one thread.
 */
final class FollowedSources {

    static final int MOST = 32;

    /** No id is the next one after this. */
    private static final long NONE = -2;

    private final Map<String, SourceIds> sources;
    private String present = "";
    private long newest = NONE;

    FollowedSources(Map<String, SourceIds> saved) {
        sources = new TreeMap<>(saved);
    }

    /** @param id of the source's next tick, not negative */
    void add(String source, long id) {
        if (id == newest + 1 && source.equals(present)) {
            newest = id;
            return;
        }
        SourceIds before = bySource().get(source);
        if (before != null || sources.size() < MOST) {
            sources.put(source, before == null ? SourceIds.first(id) : before.next(id));
            present = source;
            newest = id;
        } else {
            newest = NONE;
        }
    }

    /** As it is now; later ticks change it. */
    Map<String, SourceIds> bySource() {
        if (newest != NONE) {
            var unused = sources.computeIfPresent(present, (source, ids) -> ids.upTo(newest));
        }
        return sources;
    }
}
