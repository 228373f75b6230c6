package io.tickhub.cli;

import io.tickhub.client.verify.BarRules;
import io.tickhub.client.verify.Verdict;
import io.tickhub.client.verify.Verification;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub verify [SYMBOL...]}: recomputes statistics and bars from the ticks. */
@Command(
        name = "verify",
        description = {
            "Check the statistics and bars of symbols, or of all: read the ticks from Kafka, compute every figure again by"
                    + " another way, and compare digit by digit.",
            "Exit code 1 if anything differs. Where ticks have been deleted, or with --sample, only the bars that lie"
                    + " wholly in what is read are checked."
        },
        footer = {
            "%nExamples:",
            "  tickhub verify                        everything",
            "  tickhub verify AAPL --sample 100000   the newest records of one symbol"
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "SYMBOL", converter = SymbolConverter.class, description = "Which symbols; none for all.")
    private List<Symbol> symbols = List.of();

    @Option(
            names = "--sample",
            paramLabel = "RECORDS",
            arity = "0..1",
            fallbackValue = "100000",
            description = "Read only the newest records of each symbol (100000 if no number is given).")
    private Optional<Long> sample = Optional.empty();

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            defaultValue = "${env:TICKHUB_BAR_LATENESS:-5s}",
            converter = DurationConverter.class,
            description = "The aggregators' TICKHUB_BAR_LATENESS (default: that of this environment, or 5s).")
    private Duration lateness;

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            defaultValue = "${env:TICKHUB_BAR_RETENTION:-20s}",
            converter = DurationConverter.class,
            description = "The aggregators' TICKHUB_BAR_RETENTION (default: that of this environment, or 20s).")
    private Duration retention;

    @Override
    public Integer call() {
        if (sample.filter(records -> records < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--sample must be 1 or more");
        }
        List<Verdict> verdicts = new ArrayList<>();
        try (Verification verification = Verification.connect(connection.kafka(), new BarRules(lateness, retention))) {
            SortedMap<Symbol, PriceStats> published = verification.statistics();
            List<Symbol> unknown = symbols.stream()
                    .filter(symbol -> !published.containsKey(symbol))
                    .toList();
            if (!unknown.isEmpty()) {
                spec.commandLine().getErr().println("tickhub: there are no statistics of " + unknown.getFirst());
                return ExitCode.FAILED;
            }
            List<Symbol> wanted = symbols.isEmpty() ? List.copyOf(published.keySet()) : symbols;
            wanted.forEach(symbol -> verdicts.add(verify(verification, published.get(symbol))));
        }
        PrintWriter out = spec.commandLine().getOut();
        table(verdicts).print(out);
        verdicts.forEach(verdict -> verdict.sentences().forEach(sentence -> out.println("  " + sentence)));
        return verdicts.stream().allMatch(Verdict::isClean) ? ExitCode.OK : ExitCode.FAILED;
    }

    private Verdict verify(Verification verification, PriceStats stats) {
        OptionalLong records = sample.map(OptionalLong::of).orElse(OptionalLong.empty());
        long most = Math.min(stats.asOf() - stats.since(), sample.orElse(Long.MAX_VALUE));
        try (Progress progress = Progress.of(stats.symbol().name(), most, " records")) {
            return verification.verify(stats, records, progress::stepTo);
        }
    }

    static Table table(List<Verdict> verdicts) {
        Table table = new Table()
                .text("SYMBOL")
                .numbers("TICKS", "OFFSETS", "BARS", "DIFFERENCES")
                .text("RESULT");
        for (Verdict verdict : verdicts) {
            table.row(
                    verdict.symbol().name(),
                    Long.toString(verdict.ticks()),
                    "[" + verdict.from() + ", " + verdict.asOf() + ")",
                    Long.toString(verdict.bars()),
                    Long.toString(verdict.differences()),
                    result(verdict));
        }
        return table;
    }

    private static String result(Verdict verdict) {
        if (!verdict.isClean()) {
            return "DIFFERENT";
        }
        return switch (verdict.extent()) {
            case WHOLE -> "same";
            case PART ->
                verdict.bars() == 0
                        ? "not checked: too few ticks were read"
                        : "same, bars only: not all ticks were read";
            case GONE -> "not checked: the topic that was counted is deleted";
        };
    }
}
