package io.tickhub.runtime.table;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of a table whose records have changed since they were last asked for, so that an index of it costs as much as changes, not
 * as much as there is. The table's thread adds, one other thread takes. Holds each key once, however often it changes.
 */
public final class TableFollower {

    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    TableFollower() {}

    void add(String key) {
        changed.add(key);
    }

    /** The keys that have changed since the last call, at first all. What the table says of them from now on is at least as new. */
    public Set<String> take() {
        Set<String> taken = new HashSet<>();
        for (Iterator<String> keys = changed.iterator(); keys.hasNext(); ) {
            taken.add(keys.next());
            keys.remove();
        }
        return taken;
    }
}
