package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub stats [SYMBOL...]}: exact statistics. */
@Command(
        name = "stats",
        description = {
            "Show the statistics of symbols, or of all.",
            "The table rounds averages to 8 decimals; --json has every field in full."
        },
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int DECIMALS_SHOWN = 8;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "SYMBOL", converter = SymbolConverter.class, description = "Which symbols; none for all.")
    private List<Symbol> symbols = List.of();

    @Override
    public Integer call() {
        List<PriceStats> statistics;
        try (MarketDataClient client = options.connect()) {
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
