package io.tickhub.producer.replay;

import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Replays files, several merged by their event times, each in its own order. Owns the open files and the
 * {@link ArrivedRows}. Used by one thread, but
 * {@link #bytesRead} may be asked by any.
 *
 * <p>The schedule follows the front, the latest event time so far: rows that run backwards in time are due at once.
 */
public final class FileReplay implements TickSource {

    private final List<ReplayFile> files = new ArrayList<>();
    private final List<ReplayFile> unfinished;
    private final Speed speed;
    private final ArrivedRows arrived;
    private Instant firstFront = Instant.MIN;

    private FileReplay(ReplayConfig config, ArrivedRows arrived, Instant now) {
        this.speed = config.speed();
        this.arrived = arrived;
        for (Path path : config.files()) {
            files.add(open(path, config, arrived, now));
        }
        unfinished = new ArrayList<>(files);
        unfinished.removeIf(ReplayFile::isAtEnd);
    }

    /**
     * Opens all files and passes over the rows that have arrived. Takes ownership of {@code arrived}, even if it fails.
     *
     * @param now a time after every recorded one
     * @throws java.io.UncheckedIOException if a file cannot be read
     * @throws UnusableFileException if a file is empty or lacks a column
     */
    public static FileReplay open(ReplayConfig config, ArrivedRows arrived, Instant now) {
        return new FileReplay(config, arrived, now);
    }

    @Override
    public OptionalLong due() {
        Optional<ReplayFile> file = first();
        if (file.isEmpty()) {
            return OptionalLong.empty();
        }
        file.get().requireNext();
        Instant front = file.get().front();
        if (speed.isMax() || front.equals(Instant.MIN)) {
            return OptionalLong.of(AT_ONCE);
        }
        if (firstFront.equals(Instant.MIN)) {
            firstFront = front;
        }
        return OptionalLong.of(speed.nanosFor(Duration.between(firstFront, front)));
    }

    @Override
    public SourceItem next() {
        ReplayFile file = first().orElseThrow(NoSuchElementException::new);
        SourceItem item = file.next();
        if (file.isAtEnd()) {
            unfinished.remove(file);
        }
        return item;
    }

    /** Bytes read of all files, as they lie on the disk. */
    public long bytesRead() {
        return files.stream().mapToLong(ReplayFile::bytesRead).sum();
    }

    /** Rows that had arrived before and were passed over. */
    public long passedOver() {
        return files.stream().mapToLong(ReplayFile::passedOver).sum();
    }

    /** The file whose next row is earliest; the first named among equals. A file's front never falls, so neither does the merged one. */
    private Optional<ReplayFile> first() {
        return unfinished.size() == 1
                ? Optional.of(unfinished.getFirst())
                : unfinished.stream().min(Comparator.comparing(ReplayFile::front));
    }

    private ReplayFile open(Path path, ReplayConfig config, ArrivedRows arrived, Instant now) {
        try {
            return ReplayFile.open(path, config, arrived, now);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        files.forEach(ReplayFile::close);
        arrived.close();
    }
}
