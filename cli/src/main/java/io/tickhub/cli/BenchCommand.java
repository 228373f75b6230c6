package io.tickhub.cli;

import io.tickhub.benchmarks.Benchmark;
import io.tickhub.benchmarks.Benchmarks;
import io.tickhub.benchmarks.rig.Curve;
import io.tickhub.benchmarks.rig.CurveFile;
import io.tickhub.benchmarks.rig.Effort;
import io.tickhub.benchmarks.rig.Flames;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub bench}: measures what is promised, on a throw-away system. */
@Command(
        name = "bench",
        description = {
            "Measure what is promised of speed, on a throw-away system whose parts are processes of their own.",
            "Figures depend on the machine; compare them with the baseline of the same run.",
            "Exit code 1 if a promise was not kept (but not with --quick), or anything is missing."
        },
        footer = {
            "",
            "Examples:",
            "  tickhub bench --list                  all benchmarks",
            "  tickhub bench new-symbol catch-up     two of them",
            "  tickhub bench --quick                 do they run? All of them, in small"
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Benchmarks to be run, in this order; none: all.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Print the benchmarks and do nothing.")
    private boolean list;

    @Option(names = "--quick", description = "Only see that it runs: seconds instead of minutes, figures mean nothing.")
    private boolean quick;

    @Option(
            names = "--flames",
            description =
                    "Draw a flame graph of each process that is started, as HTML beside the logs; recording it takes a little of the speed.")
    private boolean flames;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write what was measured as JSON: the figures of each round, with load, machine and versions.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Logging.silent();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Table table = new Table().text("BENCHMARK", "WHAT IS MEASURED");
            Benchmarks.all().forEach(benchmark -> table.row(benchmark.name(), benchmark.description()));
            table.print(out);
            return ExitCode.OK;
        }
        List<Benchmark> benchmarks = names.isEmpty()
                ? Benchmarks.all()
                : names.stream().map(this::benchmark).toList();
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        BenchRecord record = BenchRecord.begin(effort);
        requireWritable(record);
        Path logs = Files.createTempDirectory("tickhub-bench-");
        tell(out, "the logs lie in " + logs);
        for (Benchmark benchmark : benchmarks) {
            tell(out, benchmark.name() + ": " + benchmark.description());
            tell(out, "  before: " + Stage.conditions());
            double loadBefore = Stage.load();
            Report report = measureOrFail(benchmark, new Trial(logs, effort, line -> tell(out, "  " + line + "...")));
            tell(out, "  after: " + Stage.conditions());
            print(report, out);
            record = record.with(benchmark, loadBefore, Stage.load(), report);
            write(record);
            for (Curve curve : report.curves()) {
                tell(out, "drawn: " + CurveFile.write(curve, logs, benchmark.name()));
            }
        }
        return record.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The others are still measured. */
    private Report measureOrFail(Benchmark benchmark, Trial trial) throws InterruptedException, IOException {
        try {
            return measure(benchmark, trial);
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            Path details = trial.logs().resolve(benchmark.name() + "-failure.txt");
            try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(details))) {
                e.printStackTrace(file);
            }
            return Report.of(benchmark.name()).withFailure("it was broken off: %s; see %s".formatted(e, details));
        }
    }

    private Report measure(Benchmark benchmark, Trial trial) throws InterruptedException {
        if (!flames) {
            return benchmark.run().measure(trial);
        }
        try (Flames recorded = Flames.begin(trial.logs(), benchmark.name())) {
            Report report = benchmark.run().measure(trial);
            PrintWriter out = spec.commandLine().getOut();
            recorded.draw(failure -> tell(out, failure)).forEach(file -> tell(out, "drawn: " + file));
            return report;
        }
    }

    /** Better now than after minutes of measuring. */
    private void requireWritable(BenchRecord record) {
        try {
            write(record);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--json: %s cannot be written: %s".formatted(json.orElseThrow(), e));
        }
    }

    private void write(BenchRecord record) throws IOException {
        if (json.isPresent()) {
            Files.write(json.get(), Json.write(record));
        }
    }

    private static void print(Report report, PrintWriter out) {
        List<String> headings = report.headings();
        out.println();
        if (!report.rows().isEmpty()) {
            Table table = new Table()
                    .text(headings.getFirst())
                    .numbers(headings.subList(1, headings.size()).toArray(String[]::new));
            report.rows().forEach(row -> table.row(row.toArray(String[]::new)));
            table.print(out);
            out.println();
        }
        report.remarks().forEach(out::println);
        report.goals().forEach(out::println);
        report.failures().forEach(failure -> out.println("WRONG: " + failure));
        out.println();
        out.flush();
    }

    private static void tell(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private Benchmark benchmark(String name) {
        return Benchmarks.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no benchmark is called '" + name + "'; --list shows all"));
    }
}
