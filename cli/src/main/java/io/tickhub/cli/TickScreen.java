package io.tickhub.cli;

import io.tickhub.cli.TickPrinter.Averages;
import io.tickhub.cli.TickPrinter.Form;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

/** Shows a subscription's ticks in place, in the terminal, until somebody presses q. For one thread. It owns the terminal. */
final class TickScreen implements TickView {

    private static final long PICTURE_NANOS = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private final PrintWriter out;
    private final StringWriter printed = new StringWriter();
    private final StringWriter said = new StringWriter();
    private final TickPrinter printer;
    private final TickPicture picture = new TickPicture();
    private long drawnNanos = System.nanoTime() - PICTURE_NANOS;
    private boolean watched = true;

    /** @param out the terminal's output, for what is to stay there */
    TickScreen(Terminal terminal, PrintWriter out, Averages averages) {
        this.terminal = terminal;
        this.out = out;
        this.printer =
                new TickPrinter(new PrintWriter(printed, true), new PrintWriter(said, true), Form.NARROW, averages);
    }

    @Override
    public void begin(Subscription subscription) {
        printer.begin(subscription);
        picture.head(takeLine(printed));
    }

    @Override
    public void print(MarketEvent event) {
        printer.print(event);
        if (event instanceof MarketEvent.FeedTick tick) {
            picture.add(tick.symbol(), takeLine(printed));
        }
        show();
    }

    @Override
    public long ticks() {
        return printer.ticks();
    }

    @Override
    public void show() {
        if (System.nanoTime() - drawnNanos < PICTURE_NANOS) {
            return;
        }
        drawnNanos = System.nanoTime();
        String news = takeLine(said);
        if (!news.isEmpty()) {
            picture.say(news);
        }
        Terminal.Size size = terminal.size();
        terminal.draw(cut(picture.lines(size.lines()), size.columns()));
        watched = terminal.key().filter(key -> key == 'q').isEmpty() && !System.out.checkError();
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public PrintWriter notices() {
        return printer.notices();
    }

    /** What the screen showed before comes back, and below it stays the newest tick of each symbol. */
    @Override
    public void close() {
        Terminal.Size size = terminal.size();
        terminal.close();
        cut(picture.table(size.lines() - 1), size.columns()).forEach(out::println);
        said.toString().lines().forEach(out::println);
        out.flush();
    }

    /** A longer one would take two lines. */
    private static List<String> cut(List<String> lines, int columns) {
        return lines.stream()
                .map(line -> line.substring(0, Math.min(columns, line.length())))
                .toList();
    }

    /** The last line that was written, which is taken away. */
    private static String takeLine(StringWriter written) {
        String line = written.toString().lines().reduce("", (earlier, later) -> later);
        written.getBuffer().setLength(0);
        return line;
    }
}
