package io.tickhub.producer.publish;

import io.tickhub.producer.source.RowAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far each file had arrived, separately for each topic and key. One thread publishes a file's rows in their order, and Kafka
 * keeps the order of records with one topic and key; so of the rows with that topic and key a beginning has arrived, and its last
 * row tells how long that is. One number for the whole file would not do: with a symbol's later rows stored, another's earlier
 * ones may have been lost. Used by one thread.
 *
 * <p>A row is known by its file's name and its line only: of a file that was changed under its name, rows up to the last that
 * arrived are taken as arrived, whatever they hold now.
 */
final class RowLedger {

    private final Set<String> files;
    private final Map<Place, Long> lastLines = new HashMap<>();

    private record Place(String file, String topic, String key) {}

    /** Remembers rows of these files only. */
    RowLedger(Set<String> files) {
        this.files = Set.copyOf(files);
    }

    /** A record of this row stands in the topic under the key. */
    void stored(RowAddress row, String topic, String key) {
        if (files.contains(row.file())) {
            lastLines.merge(new Place(row.file(), topic, key), row.line(), Math::max);
        }
    }

    /** Whether any row of the file stands in the topic under the key. */
    boolean isKnown(String file, String topic, String key) {
        return lastLines.containsKey(new Place(file, topic, key));
    }

    /** Whether the row, whose record belongs in the topic under the key, has been stored. */
    boolean contains(RowAddress row, String topic, String key) {
        return row.line() <= lastLines.getOrDefault(new Place(row.file(), topic, key), 0L);
    }
}
