package io.tickhub.cli;

import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.Drill;
import io.tickhub.drill.Outcome;
import io.tickhub.drill.fault.Fault;
import io.tickhub.drill.fault.Faults;
import io.tickhub.drill.fault.Pace;
import io.tickhub.drill.rig.RigConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub drill}: breaks a throw-away system and shows that nothing is lost or doubled. */
@Command(
        name = "drill",
        description = {
            "Break a throw-away system in every way that counts, and prove that nothing is lost or doubled.",
            "2,000 ticks a second over 20 symbols flow to 5 subscribers through two hubs and two aggregators,"
                    + " each a process of its own, while one fault after the other strikes.",
            "Exit code 1 if anything was lost, doubled, or did not recover in time."
        },
        footer = {
            "",
            "Examples:",
            "  tickhub drill --list                  all faults",
            "  tickhub drill                         each fault once",
            "  tickhub drill kill-hub --times 20     one fault, twenty times"
        },
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {

    private static final JvmOptions BROKER = JvmOptions.quickInTheLongRun(384);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FAULT", arity = "0..*", description = "Faults to be applied, in this order; none: all.")
    private List<String> names = List.of();

    @Option(names = "--times", paramLabel = "N", defaultValue = "1", description = "How often each (default: 1).")
    private int times;

    @Option(names = "--list", description = "Print the faults and do nothing.")
    private boolean list;

    @Override
    public Integer call() throws Exception {
        Logging.silent();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Table table = new Table().text("FAULT", "WHAT IS DONE");
            Faults.all().forEach(fault -> table.row(fault.name(), fault.description()));
            table.print(out);
            return ExitCode.OK;
        }
        if (times < 1) {
            throw new ParameterException(spec.commandLine(), "--times must be 1 or more");
        }
        List<Fault> faults =
                names.isEmpty() ? Faults.all() : names.stream().map(this::fault).toList();
        return run(faults, out);
    }

    private int run(List<Fault> faults, PrintWriter out) throws IOException, InterruptedException {
        Path logs = Files.createTempDirectory("tickhub-drill-");
        out.printf("the logs lie in %s%n", logs);
        List<Outcome> outcomes = new ArrayList<>();
        try (Drill drill = new Drill(RigConfig.usual(logs), Pace.FULL, size -> LocalBrokers.start(size, BROKER, logs));
                Progress progress = Progress.of("Drill", (long) faults.size() * times, " faults")) {
            for (Fault fault : faults) {
                progress.say(fault.name());
                if (!progress.isShown()) {
                    out.printf("%s: %s...%n", fault.name(), fault.description());
                    out.flush();
                }
                Outcome outcome = drill.run(fault, times, progress::step);
                outcomes.add(outcome);
                outcome.complaints().forEach(complaint -> out.println("  " + complaint));
            }
        }
        print(outcomes, out);
        return outcomes.stream().allMatch(outcome -> outcome.isGood() && outcome.isInTime())
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private static void print(List<Outcome> outcomes, PrintWriter out) {
        Table table = new Table()
                .text("FAULT")
                .numbers("TIMES", "LOST", "DOUBLED", "STOOD STILL", "AT MOST")
                .text("");
        for (Outcome outcome : outcomes) {
            table.row(
                    outcome.fault().name(),
                    Integer.toString(outcome.standstills().size()),
                    Long.toString(outcome.lost()),
                    Long.toString(outcome.doubled()),
                    seconds(outcome.worst()),
                    outcome.fault().limit().map(DrillCommand::seconds).orElse("-"),
                    verdict(outcome));
        }
        out.println();
        table.print(out);
    }

    private static String verdict(Outcome outcome) {
        if (!outcome.isGood()) {
            return "BAD";
        }
        return outcome.isInTime() ? "good" : "SLOW";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private Fault fault(String name) {
        return Faults.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no fault is called '" + name + "'; --list shows all"));
    }
}
