package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickhub symbols}: all symbols, one a line. */
@Command(
        name = "symbols",
        description = "List all symbols.",
        footer = {"%nExamples:", "  tickhub symbols", "  tickhub symbols --json"},
        mixinStandardHelpOptions = true)
final class SymbolsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Override
    public Integer call() {
        try (MarketDataClient client = options.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            for (Symbol symbol : client.symbols()) {
                out.println(options.isJson() ? Json.writeLine(Map.of("symbol", symbol)) : symbol.name());
            }
        }
        return ExitCode.OK;
    }
}
