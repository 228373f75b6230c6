package io.tickhub.producer.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be replayed. Immutable.
 *
 * @param files CSV files, plain or gzip, of different names; several are merged by event time
 * @param format of all files, empty to recognise each by its header row
 * @param speed how fast
 * @param start at which row
 * @param sourceName stands in each tick
 */
public record ReplayConfig(
        List<Path> files, Optional<RowFormat> format, Speed speed, StartAt start, String sourceName) {

    /** At which row a replay starts. */
    public enum StartAt {
        /** At the first row of each file. */
        BEGINNING,
        /** After the rows that have arrived in Kafka before. */
        LAST_ARRIVED
    }

    /** @throws IllegalArgumentException if there is no file, a file cannot be read, or two have the same name */
    public ReplayConfig {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a replay needs at least one file");
        }
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new IllegalArgumentException("there is no readable file " + file);
            }
            // A row is known by the name of its file without the folders.
            if (!names.add(file.getFileName().toString())) {
                throw new IllegalArgumentException("two files are called " + file.getFileName()
                        + ", so that their rows could not be told apart; rename one");
            }
        }
    }
}
