package io.tickhub.producer.replay;

import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal how much of the files, as they lie on the disk, has been read. Owns the replay. Used by one thread. */
public final class ProgressDisplay implements TickSource {

    private static final int ITEMS_PER_STEP = 256;
    private static final long KIBI = 1024;

    private final FileReplay replay;
    private final ProgressBar bar;
    private int items;

    private ProgressDisplay(FileReplay replay, ProgressBar bar) {
        this.replay = replay;
        this.bar = bar;
    }

    /** The replay with a display around it if a person is watching, else the replay as it is. */
    public static TickSource around(FileReplay replay, ReplayConfig config) {
        if (!isWatched()) {
            return replay;
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Replay")
                .setInitialMax(
                        config.files().stream().mapToLong(ProgressDisplay::size).sum())
                .setUnit(" KiB", KIBI)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
        return new ProgressDisplay(replay, bar);
    }

    @Override
    public OptionalLong due() {
        OptionalLong due = replay.due();
        if (due.isEmpty()) {
            bar.stepTo(replay.bytesRead());
        }
        return due;
    }

    @Override
    public SourceItem next() {
        items++;
        if (items % ITEMS_PER_STEP == 0) {
            bar.stepTo(replay.bytesRead());
        }
        return replay.next();
    }

    @Override
    public void close() {
        bar.close();
        replay.close();
    }

    /**
     * Whether standard output is a terminal. Java 22 to 24 have a console also when it is a file or a pipe; there at least a
     * missing or dumb terminal is known by its name.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWatched() {
        String terminal = System.getenv("TERM");
        return terminal != null && !terminal.equals("dumb") && System.console() != null;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the size of " + file, e);
        }
    }
}
