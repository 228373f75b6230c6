package io.tickhub.cli;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long command is, as a bar on the terminal if a person looks at it, else nothing. For one thread. It owns the bar. */
final class Progress implements AutoCloseable {

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /**
     * Begins at none.
     *
     * @param unit of the steps, with a space before it
     */
    static Progress of(String task, long steps, String unit) {
        if (!isWatched()) {
            return new Progress(Optional.empty());
        }
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .build()));
    }

    boolean isShown() {
        return bar.isPresent();
    }

    void stepTo(long steps) {
        bar.ifPresent(shown -> shown.stepTo(steps));
    }

    void step() {
        bar.ifPresent(ProgressBar::step);
    }

    /** What is being done now, a word or two. */
    void say(String what) {
        bar.ifPresent(shown -> shown.setExtraMessage(what));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }

    /** Whether a person looks at a terminal that can draw; from Java 22 on the console is there without a terminal too. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWatched() {
        String terminal = System.getenv("TERM");
        return terminal != null && !terminal.equals("dumb") && System.console() != null;
    }
}
