package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Command.GetBars;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub bars SYMBOL}: open, high, low, close and volume of each interval. */
@Command(
        name = "bars",
        description = {
            "Show the bars of a symbol: open, high, low, close, volume, VWAP and count of each interval, aligned to UTC.",
            "Intervals without ticks have no bar. A bar is FINAL when event time has passed its end; REV counts the ticks"
                    + " that came later. The table rounds VWAP to 8 decimals; --json has every field in full."
        },
        footer = {
            "%nExamples:",
            "  tickhub bars AAPL --interval 1m --last 20",
            "  tickhub bars AAPL --interval 1s --chart",
            "  tickhub bars AAPL --from 2026-01-05T14:30:00Z --to 2026-01-05T15:00:00Z"
        },
        mixinStandardHelpOptions = true)
final class BarsCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int DECIMALS_SHOWN = 8;
    private static final int USUAL = 20;
    private static final int CHART_WIDTH = 60;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "SYMBOL", converter = SymbolConverter.class, description = "Which symbol.")
    private Symbol symbol;

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            defaultValue = "1m",
            converter = BarIntervalConverter.class,
            description = "How long each bar lasts: 1s, 1m, 5m, 1h or 1d, or what else is built (default: 1m).")
    private BarInterval interval;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Only the newest N bars (default: 20, with --chart 60, with --from all).")
    private Optional<Integer> last = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Bars that begin then or later, such as 2026-11-20T14:30:00Z.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Bars that begin before.")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--chart", description = "Draw candles: a full block rises, a light one falls.")
    private boolean chart;

    @Override
    public Integer call() {
        List<Bar> bars;
        try (MarketDataClient client = options.connect()) {
            bars = client.bars(command(client), TIMEOUT);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            bars.forEach(bar -> out.println(Json.writeLine(bar)));
        } else if (bars.isEmpty()) {
            spec.commandLine().getErr().println("tickhub: " + symbol + " has no bars of " + interval + " there");
        } else if (chart) {
            CandleChart.of(bars).forEach(out::println);
        } else {
            table(bars).print(out);
        }
        return ExitCode.OK;
    }

    private GetBars command(MarketDataClient client) {
        int usual = chart ? CHART_WIDTH : USUAL;
        try {
            return new GetBars(
                    client.config().client(),
                    symbol,
                    interval,
                    from,
                    to,
                    last.or(() -> from.isPresent() ? Optional.empty() : Optional.of(usual))
                            .map(OptionalLong::of)
                            .orElse(OptionalLong.empty()),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    static Table table(List<Bar> bars) {
        Table table = new Table()
                .text("START", "STATE")
                .numbers("REV", "OPEN", "HIGH", "LOW", "CLOSE", "VOLUME", "VWAP", "TICKS");
        for (Bar bar : bars) {
            table.row(
                    bar.start().toString(),
                    bar.state().name(),
                    Long.toString(bar.revision()),
                    bar.open().toPlainString(),
                    bar.high().toPlainString(),
                    bar.low().toPlainString(),
                    bar.close().toPlainString(),
                    bar.volume().toPlainString(),
                    Optional.ofNullable(bar.vwap()).map(BarsCommand::rounded).orElse("-"),
                    Long.toString(bar.count()));
        }
        return table;
    }

    private static String rounded(BigDecimal value) {
        return value.setScale(DECIMALS_SHOWN, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
