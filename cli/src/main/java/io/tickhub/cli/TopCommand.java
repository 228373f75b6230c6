package io.tickhub.cli;

import io.tickhub.cli.TopBoard.Sort;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.RequestException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickhub top}: the live market in the terminal. */
@Command(
        name = "top",
        description = {
            "Show all symbols with live prices, changes, volumes and rates, until q or Ctrl-C.",
            "Where output is no terminal, one table each interval is printed."
        },
        footer = {
            "",
            "Examples:",
            "  tickhub top --sort change",
            "  tickhub top --frames 1      one table, for a script or a page"
        },
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONFLATE = Duration.ofMillis(250);
    private static final long STATS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LINES = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--sort",
            paramLabel = "BY",
            defaultValue = "symbol",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Sort sort;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "500ms",
            description = "Time between two pictures (default: ${DEFAULT-VALUE}).")
    private Duration every;

    @Option(names = "--frames", paramLabel = "N", description = "End after N pictures.")
    private Optional<Integer> frames = Optional.empty();

    private final TopBoard board = new TopBoard();

    /** Why the figures stand still; empty if they do not. */
    private String trouble = "";

    @Override
    public Integer call() {
        CompletableFuture<Void> stop = StopSignals.listen();
        PrintWriter out = spec.commandLine().getOut();
        try (MarketDataClient client = options.connect();
                AllTicks ticks = new AllTicks(client, CONFLATE, board::forgetPrices)) {
            board.take(client.statistics(List.of(), TIMEOUT), System.nanoTime());
            Optional<Terminal> terminal = frames.isPresent() ? Optional.empty() : Terminal.open(out);
            try {
                show(client, ticks, terminal, stop);
            } finally {
                terminal.ifPresent(Terminal::close);
            }
        }
        return ExitCode.OK;
    }

    private void show(
            MarketDataClient client, AllTicks ticks, Optional<Terminal> terminal, CompletableFuture<Void> stop) {
        TopTable table = new TopTable(
                terminal.isPresent() && System.getenv("NO_COLOR") == null
                        ? TopTable.Colour.SHOWN
                        : TopTable.Colour.LEFT_OUT);
        long askedNanos = System.nanoTime();
        for (int frame = 0; frame < frames.orElse(Integer.MAX_VALUE) && !stop.isDone(); frame++) {
            if (takeFor(ticks, terminal, stop)) {
                return;
            }
            if (client.isHubThere() && System.nanoTime() - askedNanos > STATS_NANOS) {
                trouble = ask(client);
                askedNanos = System.nanoTime();
            }
            String state = client.isHubThere()
                    ? (ticks.trouble().isEmpty() ? trouble : ticks.trouble())
                    : "no hub is running: prices stand still";
            int lines = terminal.map(place -> place.size().lines()).orElse(LINES);
            List<String> picture = table.lines(board.rows(sort), sort, state, lines);
            terminal.ifPresentOrElse(place -> place.draw(picture), () -> print(picture));
            if (System.out.checkError()) {
                return;
            }
        }
    }

    /** Asks for figures, and tells why none came; empty if they did. */
    private String ask(MarketDataClient client) {
        try {
            board.take(client.statistics(List.of(), TIMEOUT), System.nanoTime());
            return "";
        } catch (RequestException e) {
            return "figures stand still: " + e.getMessage();
        }
    }

    /** Takes what comes until the next picture is due; true if the user wants no more. */
    private boolean takeFor(AllTicks ticks, Optional<Terminal> terminal, CompletableFuture<Void> stop) {
        long due = System.nanoTime() + every.toNanos();
        Duration wait = Duration.ofMillis(50);
        while (System.nanoTime() - due < 0 && !stop.isDone()) {
            Optional<MarketEvent> event = ticks.next(wait);
            event.ifPresent(board::take);
            Optional<Character> key = terminal.flatMap(Terminal::key);
            if (key.filter(pressed -> pressed == 'q').isPresent()) {
                return true;
            }
            Optional<Sort> chosen = key.flatMap(Sort::of);
            if (chosen.isPresent()) {
                sort = chosen.get();
                return false;
            }
        }
        return false;
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.subList(0, lines.size() - 1).forEach(out::println);
        out.println();
        out.flush();
    }
}
