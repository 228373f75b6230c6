package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.RequestException;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub stats [SYMBOL...]}: exact statistics. */
@Command(
        name = "stats",
        description = {
            "Show the statistics of symbols, or of all.",
            "The table rounds averages to 8 decimals; --json has every field in full."
        },
        footer = {"%nExamples:", "  tickhub stats", "  tickhub stats AAPL --json", "  tickhub stats --watch"},
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final int DECIMALS_SHOWN = 8;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--watch", description = "Again each second in the same place, until q or Ctrl-C.")
    private boolean watch;

    @Parameters(paramLabel = "SYMBOL", converter = SymbolConverter.class, description = "Which symbols; none for all.")
    private List<Symbol> symbols = List.of();

    @Override
    public Integer call() {
        List<PriceStats> statistics;
        try (MarketDataClient client = options.connect()) {
            if (watch) {
                return watch(client);
            }
            statistics = client.statistics(symbols, TIMEOUT);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            statistics.forEach(stats -> out.println(Json.writeLine(stats)));
        } else {
            table(statistics).print(out);
        }
        List<Symbol> found = statistics.stream().map(PriceStats::symbol).toList();
        symbols.stream().filter(symbol -> !found.contains(symbol)).forEach(symbol -> spec.commandLine()
                .getErr()
                .println("tickhub: " + symbol + " has no statistics yet: nothing of it has been counted"));
        return ExitCode.OK;
    }

    private int watch(MarketDataClient client) {
        CompletableFuture<Void> stop = StopSignals.listen();
        Optional<Terminal> terminal = options.isJson()
                ? Optional.empty()
                : Terminal.open(spec.commandLine().getOut());
        try {
            List<PriceStats> known = client.statistics(symbols, TIMEOUT);
            show(known, "", terminal);
            while (!isOver(stop, terminal)) {
                String trouble = "";
                try {
                    known = client.statistics(symbols, TIMEOUT);
                } catch (RequestException e) {
                    trouble = "figures stand still: " + e.getMessage();
                }
                show(known, trouble, terminal);
            }
        } finally {
            terminal.ifPresent(Terminal::close);
        }
        return ExitCode.OK;
    }

    /** In a terminal what was known stays, with the trouble below it; elsewhere only the trouble is told. */
    private void show(List<PriceStats> statistics, String trouble, Optional<Terminal> terminal) {
        if (terminal.isEmpty() && !trouble.isEmpty()) {
            spec.commandLine().getErr().println("tickhub: " + trouble);
            spec.commandLine().getErr().flush();
            return;
        }
        StringWriter text = new StringWriter();
        PrintWriter lines = new PrintWriter(text);
        if (options.isJson()) {
            statistics.forEach(stats -> lines.println(Json.writeLine(stats)));
        } else {
            table(statistics).print(lines);
        }
        lines.print(trouble);
        PrintWriter out = spec.commandLine().getOut();
        terminal.ifPresentOrElse(
                place -> place.draw(text.toString()
                        .lines()
                        .map(line -> cut(line, place.size().columns()))
                        .toList()),
                () -> {
                    out.println(text);
                    out.flush();
                });
    }

    private static String cut(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    /** Waits for the next time; true if there is none. */
    private static boolean isOver(CompletableFuture<Void> stop, Optional<Terminal> terminal) {
        long due = System.nanoTime() + EACH.toNanos();
        while (System.nanoTime() - due < 0) {
            try {
                stop.get(50, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                if (terminal.flatMap(Terminal::key).filter(key -> key == 'q').isPresent()) {
                    return true;
                }
            } catch (ExecutionException e) {
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return System.out.checkError();
    }

    static Table table(List<PriceStats> statistics) {
        Table table = new Table()
                .text("SYMBOL")
                .numbers("TICKS", "OPEN", "LAST", "MIN", "MAX", "AVG", "VWAP", "STDDEV", "VOLUME", "REJECTED");
        for (PriceStats stats : statistics) {
            table.row(
                    stats.symbol().name(),
                    Long.toString(stats.count()),
                    exact(stats.openPrice()),
                    exact(stats.lastPrice()),
                    exact(stats.minPrice()),
                    exact(stats.maxPrice()),
                    rounded(stats.avgPrice()),
                    rounded(stats.vwap()),
                    rounded(stats.stdDev()),
                    exact(stats.volume()),
                    Long.toString(stats.rejected()));
        }
        return table;
    }

    /** Statistics have no prices before their first tick. */
    private static String exact(BigDecimal value) {
        return value == null ? "-" : value.toPlainString();
    }

    private static String rounded(BigDecimal value) {
        return value == null
                ? "-"
                : value.setScale(DECIMALS_SHOWN, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
